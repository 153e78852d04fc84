/** The same model in Node and in Chromium: the same translations, scores and attention. */
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Translation } from "../src/decoding/translator.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { writeDateSamples } from "../src/samples/dateFiles.ts";
import { serve } from "./support/staticServer.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "seq2see-browser-"));
const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
let browser: Browser;
let server: Server;
let url: string;

/** Nothing but the library, and a function that the test calls. */
const page = `<!doctype html><meta charset="utf-8"><title>test</title><script type="module">
import { Seq2Seq } from "./seq2see.js";
globalThis.translate = async ([address, wasmFolder, texts, beam]) => {
  const model = await Seq2Seq.load(address, { wasmFolder });
  const found = await model.translateAll(texts, { beam });
  await model.release();
  return found.map(([{ text, tokens, logProbability, attention }]) => ({
    ...{ text, tokens, logProbability },
    attention: attention.map((row) => Array.from(row)),
  }));
};
document.title = "ready";
</script>`;

beforeAll(async () => {
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}; install it (apt-get install chromium) or set CHROMIUM_PATH.`,
    );
  }
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root });
  await writeDateSamples(folder, { train: 1500, dev: 40, seed: 2 });
  execFileSync(
    "node",
    [
      join(root, "dist/cli/main.js"),
      ...["train", "--data", join(folder, "train.tsv"), "--dev", join(folder, "dev.tsv")],
      ...[
        "--out",
        join(folder, "model"),
        "--tokenizer",
        "char",
        "--hidden",
        "48",
        "--embedding",
        "16",
      ],
      ...["--learning-rate", "0.005", "--steps", "150", "--evaluate-every", "50"],
    ],
    { stdio: "ignore" },
  );
  const site = join(folder, "site");
  mkdirSync(site);
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      lib: { entry: join(root, "dist/browser.js"), formats: ["es"], fileName: () => "seq2see.js" },
      outDir: site,
    },
  });
  const wasm = join(root, "node_modules/onnxruntime-web/dist");
  for (const name of readdirSync(wasm)) {
    if (/^ort-wasm-simd-threaded\..*(wasm|mjs)$/.test(name))
      copyFileSync(join(wasm, name), join(site, name));
  }
  writeFileSync(join(site, "index.html"), page);
  ({ url, server } = await serve([site, folder]));
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface PageResult {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly logProbability: number;
  readonly attention: readonly (readonly number[])[];
}

test("translations, log-probabilities and attention in Chromium are those in Node", async () => {
  const lines = readFileSync(join(folder, "dev.tsv"), "utf8").trim().split("\n");
  const sources = lines.map((line) => line.split("\t")[0] as string);
  const tab = await browser.newPage();
  const foreign: string[] = [];
  tab.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
      foreign.push(request.url());
  });
  await tab.goto(`${url}/index.html`);
  await tab.waitForFunction("document.title === 'ready'");
  const node = await Seq2Seq.load(join(folder, "model"), { threads: 1 });
  let different = 0;
  for (const beam of [1, 5]) {
    const call = `translate(${JSON.stringify([`${url}/model`, `${url}/`, sources, beam])})`;
    const inPage = (await tab.evaluate(call)) as PageResult[];
    const inNode = (await node.translateAll(sources, { beam })).map(
      ([best]) => best as Translation,
    );
    expect(inPage).toHaveLength(sources.length);
    for (const [index, translation] of inNode.entries()) {
      const other = inPage[index] as PageResult;
      expect(other.text).toBe(translation.text);
      expect(other.tokens).toEqual(translation.tokens);
      different = Math.max(different, Math.abs(other.logProbability - translation.logProbability));
      for (const [at, row] of (translation.attention ?? []).entries()) {
        row.forEach((weight, column) => {
          different = Math.max(different, Math.abs(weight - (other.attention[at]?.[column] ?? 9)));
        });
      }
    }
  }
  await node.release();
  expect(foreign).toEqual([]);
  console.log(`log-probabilities and attention differ by at most ${different.toExponential(1)}`);
  expect(different).toBeLessThan(1e-3);
});
