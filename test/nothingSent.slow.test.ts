/**
 * Nothing leaves the machine. ONNX Runtime keeps quiet where `CI` and the like are set, so every program
 * runs here with hardly any variables, and with an empty home folder in which nothing may appear.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { write, writePage } from "./support/studioFolder.ts";

const root = join(import.meta.dirname, "..");
const program = join(root, "dist/cli/main.js");
const dates = join(root, "models/dates");
const folder = mkdtempSync(join(tmpdir(), "seq2see-nothing-sent-"));
const home = join(folder, "home");
const text = "3 de marzo de 1987";

/** All that the programs are told of the world. */
const env = { PATH: process.env["PATH"] ?? "", HOME: home, TMPDIR: join(folder, "temporary") };

const found = (): string[] => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
let before: string[];

/** Runs a program of Node in the folder; yields what it printed. */
const node = (...given: string[]): string =>
  execFileSync("node", given, { cwd: folder, env, encoding: "utf8", input: text, stdio: "pipe" });

const library = JSON.stringify(join(root, "dist/index.js"));
const translate = `
  const { Seq2Seq } = await import(${library});
  const model = await Seq2Seq.load(${JSON.stringify(dates)}, { threads: 1 });
  const [best] = await model.translate(${JSON.stringify(text)});
  console.log(best.text);`;

/** Programs that start `translate` in a worker thread. */
const workers: Record<string, string> = {
  "that loads the library itself": `
    import { Worker } from "node:worker_threads";
    new Worker("./translate.mjs");`,
  "of a thread that loaded it before": `
    import { Worker } from "node:worker_threads";
    await import(${library});
    new Worker("./translate.mjs");`,
  "with variables of its own": `
    import { Worker } from "node:worker_threads";
    new Worker("./translate.mjs", { env: { ORT_DISABLE_TELEMETRY: "1" } });`,
  "of a worker thread": `
    import { Worker } from "node:worker_threads";
    if (process.argv[2] === "inner") new Worker("./translate.mjs");
    else new Worker(new URL(import.meta.url), { argv: ["inner"] });`,
  "while the main thread is busy": `
    import { Worker } from "node:worker_threads";
    new Worker("./translate.mjs");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);`,
};

beforeAll(() => {
  mkdirSync(home);
  mkdirSync(env.TMPDIR);
  writePage(join(folder, "page"));
  write(join(folder, "translate.mjs"), translate);
  for (const [name, code] of Object.entries(workers)) write(join(folder, `${name}.mjs`), code);
  const pairs = Array.from({ length: 60 }, (_, i) => `one ${i % 7}\tun ${i % 7}`);
  write(join(folder, "pairs.tsv"), `${pairs.join("\n")}\n`);
  before = found();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const training = [
  program,
  "train",
  "--data",
  "pairs.tsv",
  "--dev",
  "pairs.tsv",
  "--tokenizer",
  "word:50",
  "--hidden",
  "16",
  "--embedding",
  "8",
  "--steps",
  "3",
  "--threads",
  "1",
];

describe("no file appears anywhere", () => {
  test("by a translation", () => {
    expect(node(program, "translate", "--model", dates)).toBe("1987-03-03\n");
    expect(found()).toEqual(before);
  });

  test("where the variable says otherwise", () => {
    const switchedOn = { ...env, ORT_DISABLE_TELEMETRY: "0" };
    spawnSync("node", [program, "translate", "--model", dates], {
      cwd: folder,
      env: switchedOn,
      input: text,
    });
    expect(found()).toEqual(before);
  });

  test("by a training, but for its own folder", () => {
    node(...training, "--out", "trained");
    rmSync(join(folder, "trained"), { recursive: true });
    expect(found()).toEqual(before);
  });

  test("by the studio and its API", async () => {
    const given = [program, "studio", "--page", "page", "--model", dates];
    const studio = spawn("node", given, { cwd: folder, env });
    let printed = "";
    for await (const chunk of studio.stdout) {
      printed += chunk;
      if (printed.includes("http:")) break;
    }
    const address = /http:\S+/.exec(printed)?.[0];
    const answer = await fetch(`${address}api/translate`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
    });
    expect(await answer.json()).toMatchObject({
      results: [{ translations: [{ text: "1987-03-03" }] }],
    });
    studio.kill("SIGKILL");
    expect(found()).toEqual(before);
  });

  test.each(Object.keys(workers))("by a worker thread %s", (name) => {
    expect(node(`${name}.mjs`)).toBe("1987-03-03\n");
    expect(found()).toEqual(before);
  });
});

test("a home that cannot be written is no matter", () => {
  const nowhere = { ...env, HOME: "/dev/null/none", XDG_CACHE_HOME: "/dev/null/none" };
  const given = [program, "translate", "--model", dates];
  const ended = spawnSync("node", given, {
    cwd: folder,
    env: nowhere,
    input: text,
    encoding: "utf8",
  });
  expect([ended.status, ended.stdout, ended.stderr]).toEqual([0, "1987-03-03\n", ""]);
  expect(found()).toEqual(before);
});

/** Where there is strace and it may look at other programs. */
const canTrace = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

// Without strace only the files tell.
describe.skipIf(!canTrace)("nobody is called", () => {
  test.each<[what: string, given: string[]]>([
    ["a translation", [program, "translate", "--model", dates]],
    ["a training", [...training, "--out", "traced"]],
    ["a worker thread", ["that loads the library itself.mjs"]],
  ])("by %s", (_, given) => {
    const strace = ["-f", "-qq", "-e", "trace=network,file", "-o", "calls.txt", "node", ...given];
    const ended = spawnSync("strace", strace, { cwd: folder, env, input: text });
    expect(ended.status).toBe(0);
    const calls = readFileSync(join(folder, "calls.txt"), "utf8").split("\n");
    // Names are looked up only now and then; what would be asked for is made ready each time.
    const telling = /AF_INET|nscd|machine-id|ca-certificates|\/Microsoft\//;
    expect(calls.filter((call) => telling.test(call))).toEqual([]);
  });
});
