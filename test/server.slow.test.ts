/** `seq2see studio` as people start it, with a model that has just been trained: served and exported. */
import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { writeDateSamples } from "../src/samples/dateFiles.ts";
import { serve } from "./support/staticServer.ts";
import { write, writePage } from "./support/studioFolder.ts";

const root = join(import.meta.dirname, "..");
const program = join(root, "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "seq2see-studio-"));
const page = join(folder, "page");
const model = join(folder, "models/dates");
const text = "3 de marzo de 1987";
const running: ChildProcess[] = [];
let browser: Browser;

/** A stand-in for the studio's page that finds the models and translates as the real one does. */
const html = `<!doctype html><meta charset="utf-8"><title>starting</title><script type="module" src="page.js"></script>`;

const script = `import { Seq2Seq } from "./seq2see.js";
const { models: [{ path }] } = await (await fetch("models.json")).json();
const threads = globalThis.crossOriginIsolated ? 2 : 1;
const wasmFolder = new URL("onnxruntime/", document.baseURI).href;
const model = await Seq2Seq.load(new URL(path, document.baseURI).href, { wasmFolder, threads });
const [best] = await model.translate(${JSON.stringify(text)}, { beam: 5 });
document.title = threads + " " + best.text;`;

beforeAll(async () => {
  await writeDateSamples(folder, { train: 1500, dev: 40, seed: 2 });
  execFileSync(
    "node",
    [
      program,
      "train",
      "--data",
      join(folder, "train.tsv"),
      "--dev",
      join(folder, "dev.tsv"),
      "--out",
      model,
      "--tokenizer",
      "char",
      "--hidden",
      "48",
      "--embedding",
      "16",
      "--learning-rate",
      "0.005",
      "--steps",
      "150",
      "--evaluate-every",
      "50",
      "--watch",
      join(folder, "dev.tsv"),
    ],
    { stdio: "ignore" },
  );
  writePage(page);
  for (const file of ["seq2see.js", "ort.wasm.bundle.min.mjs"]) {
    copyFileSync(join(root, "dist/page", file), join(page, file));
  }
  write(join(page, "index.html"), html);
  write(join(page, "page.js"), script);
  const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the studio, and yields its process and its address. */
async function start(...given: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn("node", [program, "studio", "--page", page, ...given]);
  running.push(child);
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += chunk;
    const url = /http:\S+/.exec(printed)?.[0];
    if (url) return { child, url };
  }
  throw new Error(`The studio did not start: ${printed}`);
}

/** Runs the studio to its end. */
const run = (...given: string[]) =>
  spawnSync("node", [program, "studio", ...given], { encoding: "utf8", cwd: folder });

/** Opens an address; yields the page's title once it has translated, and all requests. */
async function opened(url: string): Promise<{ title: string; requests: string[] }> {
  const tab = await browser.newPage();
  const requests: string[] = [];
  const faults: string[] = [];
  tab.on("request", (request) => requests.push(request.url()));
  tab.on("pageerror", (error) => faults.push(error.message));
  await tab.goto(url);
  // Without a script in the page, which its content security policy stops.
  await expect
    .poll(() => tab.title(), { timeout: 30_000 })
    .not.toBe("starting")
    .catch((error: Error) => faults.push(error.message));
  expect(faults).toEqual([]);
  const title = await tab.title();
  await tab.close();
  return { title, requests };
}

async function translation(): Promise<string> {
  const loaded = await Seq2Seq.load(model, { threads: 1 });
  const [best] = await loaded.translate(text, { beam: 5 });
  await loaded.release();
  return best?.text as string;
}

test("the page runs the model with threads, the API gives the same, and Ctrl-C ends it well", async () => {
  const { child, url } = await start("--model", model);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const expected = await translation();
  const { title, requests } = await opened(url);
  expect(title).toBe(`2 ${expected}`);
  expect(
    requests.filter((address) => !/^(blob|data):/.test(address) && !address.startsWith(url)),
  ).toEqual([]);
  const body = JSON.stringify({ text, beam: 5 });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}api/translate`, { method: "POST", body, headers });
  expect(await answer.json()).toMatchObject({ results: [{ translations: [{ text: expected }] }] });
  const traced = await fetch(`${url}api/trace`, { method: "POST", body, headers });
  const { hypotheses } = (await traced.json()) as { hypotheses: [{ text: string }] };
  expect(hypotheses[0].text).toBe(expected);
  const list = (await (await fetch(`${url}models.json`)).json()) as { models: [object] };
  expect(list.models).toMatchObject([
    { name: "dates", path: "models/dates", hasMetrics: true, hasWatched: true },
  ]);
  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test.each(["SIGTERM", "SIGHUP"] as const)(
  "%s is obeyed once all answers are given",
  async (signal) => {
    const { child, url } = await start("--model", model);
    const headers = { "content-type": "application/json" };
    const translate = () =>
      fetch(`${url}api/translate`, { method: "POST", headers, body: JSON.stringify({ text }) });
    expect((await translate()).status).toBe(200);
    const answers = Array.from({ length: 20 }, translate);
    child.kill(signal);
    for (const answer of await Promise.all(answers)) {
      expect(answer.status).toBe(200);
      await answer.json();
    }
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(0);
  },
);

test("a token from the environment is asked for", async () => {
  const secret = "a-secret-of-the-test";
  process.env["SEQ2SEE_TOKEN"] = secret;
  const { url } = await start("--model", model).finally(() => delete process.env["SEQ2SEE_TOKEN"]);
  expect((await fetch(`${url}models.json`)).status).toBe(401);
  const headers = { authorization: `Bearer ${secret}` };
  expect((await fetch(`${url}models.json`, { headers })).status).toBe(200);
  const { title } = await opened(`${url}?token=${secret}`);
  expect(title).toBe(`2 ${await translation()}`);
});

test("two studios run side by side", async () => {
  const [first, second] = [
    await start("--models", join(folder, "models")),
    await start("--model", model),
  ];
  expect(first.url).not.toBe(second.url);
  for (const { url } of [first, second]) expect((await fetch(url)).status).toBe(200);
  for (const { child } of [first, second]) child.kill("SIGTERM");
  for (const { child } of [first, second]) {
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(0);
  }
});

describe("the exported studio", () => {
  const site = join(folder, "site");

  test.each(["", "some/where/"])("works from a plain static file server, in /%s", async (path) => {
    const { stdout, status } = run("--page", page, "--model", model, "--export", site);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^The studio is in .*site: \d+ files, [\d.]+ MB; serve them/),
    ]);
    expect(existsSync(join(site, "models/dates/training/metrics.jsonl"))).toBe(true);
    expect(existsSync(join(site, "models/dates/training/checkpoint.safetensors"))).toBe(false);
    const served = join(folder, "served");
    mkdirSync(join(served, path, ".."), { recursive: true });
    if (path !== "") renameSync(site, join(served, path));
    const { url, server } = await serve([path === "" ? site : served]);
    const { title, requests } = await opened(`${url}/${path}index.html`);
    expect(title).toBe(`1 ${await translation()}`);
    const outside = requests.filter((address) => !address.startsWith(`${url}/${path}`));
    expect(outside.filter((address) => !/^(blob|data):|favicon\.ico$/.test(address))).toEqual([]);
    server.close();
  });
});

describe.each<[name: string, given: string[], says: RegExp]>([
  ["no folder", ["--model", "nothing"], /^seq2see: nothing: there is no such folder; give/],
  ["no model", ["--model", "page"], /^seq2see: page: there is no config\.json; give/],
  [
    "no folder of models",
    ["--models", "nothing"],
    /^seq2see: --models nothing: there is no such folder;/,
  ],
  ["no models", ["--models", "page"], /^seq2see: --models page: there is no model in it; give/],
  [
    "no port",
    ["--model", "models/dates", "--port", "x"],
    /--port <n>' argument 'x' is invalid. Give a number; see --help/,
  ],
  [
    "a port too high",
    ["--model", "models/dates", "--port", "65536"],
    /Give a port from 0 to 65535; see --help/,
  ],
  [
    "no host",
    ["--model", "models/dates", "--host", "nowhere.invalid"],
    /^seq2see: --host nowhere\.invalid: this machine has no such address;/,
  ],
  [
    "a short token",
    ["--model", "models/dates", "--token", "secret"],
    /^seq2see: --token \(or SEQ2SEE_TOKEN\): the token has 6 characters; give at least 16/,
  ],
  [
    "an origin with a path",
    ["--model", "models/dates", "--cors", "https://example.org/"],
    /^seq2see: --cors https:\/\/example\.org\/: this is no origin; give/,
  ],
  [
    "no origin of a frame",
    ["--model", "models/dates", "--embed-from", "*"],
    /^seq2see: --embed-from \*: this is no origin; give/,
  ],
  [
    "a time below 0",
    ["--model", "models/dates", "--exit-timeout", "-1"],
    /argument '-1' is invalid\. Give 0 or more; see --help/,
  ],
  [
    "a folder with other files",
    ["--model", "models/dates", "--export", "models"],
    /^seq2see: --export models: the folder holds dates, which is of no export;/,
  ],
  [
    "a page that is not built",
    ["--model", "models/dates", "--page", "nothing"],
    /^seq2see: The studio's page is not built \(nothing\); run npm run build first\.\n$/,
  ],
])("%s", (_, given, says) => {
  test("is told in one sentence", () => {
    const ended = run("--page", page, ...given);
    expect(ended.stderr).toMatch(says);
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    expect([ended.status, ended.stdout]).toEqual([1, ""]);
  });
});

test("a port that was asked for and is taken is told", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const ended = run("--page", page, "--model", model, "--port", String(port));
  expect([ended.status, ended.stderr]).toEqual([
    1,
    `seq2see: --port ${port}: another program uses it; give another port, or leave --port out for a free one.\n`,
  ]);
  other.close();
});

test("the help tells all options that are meant for people", () => {
  const { stdout } = run("--help");
  for (const name of [
    "model",
    "models",
    "port",
    "host",
    "open",
    "export",
    "token",
    "cors",
    "embed-from",
    "exit-timeout",
  ]) {
    expect(stdout).toContain(`--${name}`);
  }
  expect(stdout).not.toContain("--page");
  expect(readFileSync(join(root, "docs/server.md"), "utf8")).toContain("seq2see studio");
});
