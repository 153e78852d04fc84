/** A model that is trained in a page, from pairs to translations, without a server that knows of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { train } from "../src/training/node/train.ts";
import { chromiumPath, writeLibrarySite } from "./support/librarySite.ts";
import { serve } from "./support/staticServer.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-browser-training-"));
let browser: Browser;
let server: Server;
let tab: Page;

/** Words of two to four letters are to be spelled backwards. */
const letters = "abcdef";
const pairs = Array.from({ length: 360 }, (_, index) => {
  const word = Array.from({ length: 2 + (index % 3) }, (_, at) =>
    letters.charAt(Math.floor(index / 6 ** at) % 6),
  );
  return { source: word.join(""), target: word.toReversed().join("") };
});
const options = {
  data: pairs.slice(30),
  dev: pairs.slice(0, 30),
  watch: pairs.slice(0, 2),
  preset: "luong2015",
  model: { hidden: 32, embedding: 16, dropout: 0.1 },
  tokenizer: "char",
  learningRate: 0.01,
  batch: 32,
  steps: 120,
  evaluateEvery: 30,
  average: 0.9,
  patience: 0,
  seed: 3,
};

const script = `import { MemoryRun, Seq2Seq } from "./seq2see.js";
const wasmFolder = ".";
const hashes = async (run) => {
  const found = {};
  for (const [path, bytes] of run.files) {
    if (!/model.safetensors|metrics|watched|ids$/.test(path)) continue;
    const text = new TextDecoder("latin1").decode(bytes).replace(/"seconds":[\\d.]+/g, "");
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    found[path] = Array.from(new Uint8Array(digest), (byte) => byte.toString(16)).join(" ");
  }
  return found;
};
let run;
globalThis.train = async ([options, stopAt]) => {
  run = new MemoryRun();
  const stop = new AbortController();
  const before = globalThis.ticks;
  const losses = [];
  const result = await run.train(options, {
    wasmFolder,
    signal: stop.signal,
    onProgress: ({ step, loss }) => {
      losses.push(loss);
      if (step === stopAt) stop.abort();
    },
  });
  globalThis.trainingTicks = globalThis.ticks - before;
  return { result, losses, hashes: await hashes(run) };
};
globalThis.resume = async () => {
  run = new MemoryRun(run.files);
  return { result: await run.resume({}, { wasmFolder }), hashes: await hashes(run) };
};
globalThis.translate = async (sources) => {
  const model = await Seq2Seq.open(run.files, { wasmFolder });
  const found = await model.translateAll(sources, { beam: 3 });
  await model.release();
  return found.map(([{ text, logProbability }]) => ({ text, logProbability }));
};
globalThis.files = () => [...run.files].map(([path, bytes]) => [path, Array.from(bytes)]);
globalThis.ticks = 0;
setInterval(() => globalThis.ticks++);`;

beforeAll(async () => {
  const executablePath = chromiumPath();
  const site = join(folder, "site");
  writeLibrarySite(site, script);
  let url: string;
  ({ url, server } = await serve([site]));
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  tab = await browser.newPage();
  await tab.goto(`${url}/index.html`);
  await tab.waitForFunction("document.title === 'ready'");
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Trained {
  readonly result: { readonly steps: number; readonly reason: string; readonly seconds: number };
  readonly losses: readonly number[];
  readonly hashes: Readonly<Record<string, string>>;
}
const call = <Result>(name: string, argument: unknown): Promise<Result> =>
  tab.evaluate(`${name}(${JSON.stringify(argument)})`) as Promise<Result>;

test("a model is trained, stopped, resumed to the same bits, and translates, all in a page", async () => {
  const whole = await call<Trained>("train", [options, null]);
  expect(whole.result).toMatchObject({ steps: 120, reason: "limit" });
  // The page has its turn ten times a second, however fast the machine is.
  expect(await tab.evaluate("trainingTicks")).toBeGreaterThan(2 * whole.result.seconds);
  const stopped = await call<Trained>("train", [options, 50]);
  expect(stopped.result).toMatchObject({ steps: 50, reason: "interrupted" });
  expect(stopped.hashes["model.safetensors"]).not.toBe(whole.hashes["model.safetensors"]);
  expect(stopped.losses).toEqual(whole.losses.slice(0, 50));
  const resumed = await call<Trained>("resume", null);
  expect(resumed.result).toMatchObject({ steps: 120, reason: "limit" });
  expect(resumed.hashes).toEqual(whole.hashes);
  expect(Object.keys(resumed.hashes)).toHaveLength(6);

  const sources = options.dev.map(({ source }) => source);
  const inPage = await call<{ text: string; logProbability: number }[]>("translate", sources);
  const right = inPage.filter(({ text }, index) => text === options.dev[index]?.target).length;
  console.log(`${right} of 30 right; ${whole.result.seconds.toFixed(1)} s for 120 steps in a page`);
  expect(right).toBeGreaterThan(20);

  // The files of the page are a run in a folder, which opens and goes on in Node.
  const out = join(folder, "run");
  const files = await call<[path: string, bytes: number[]][]>("files", null);
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), Uint8Array.from(bytes));
  }
  const model = await Seq2Seq.load(out, { threads: 1 });
  const inNode = await model.translateAll(sources, { beam: 3 });
  await model.release();
  expect(inNode.map(([best]) => best?.text)).toEqual(inPage.map(({ text }) => text));
  for (const [index, [best]] of inNode.entries()) {
    expect(best?.logProbability).toBeCloseTo(inPage[index]?.logProbability as number, 4);
  }
  expect(await train({ out, resume: true, steps: 125 })).toMatchObject({ steps: 125 });
});
