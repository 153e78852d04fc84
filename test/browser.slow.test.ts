/** The same model in Node and in Chromium: the same translations, scores and attention. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Translation } from "../src/decoding/textModel.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { writeDateSamples } from "../src/samples/dateFiles.ts";
import { chromiumPath, writeLibrarySite } from "./support/librarySite.ts";
import { serve } from "./support/staticServer.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "seq2see-browser-"));
/** With WebGPU computed by SwiftShader, on the processor. */
const chromiumArguments = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan",
];
let browser: Browser;
let server: Server;
let url: string;

/** Functions that the test calls. */
const script = `import { Seq2Seq } from "./seq2see.js";
globalThis.translate = async ([address, wasmFolder, texts, beam, device]) => {
  const model = await Seq2Seq.load(address, { wasmFolder, device });
  const found = await model.translateAll(texts, { beam });
  await model.release();
  return found.map(([{ text, tokens, logProbability, attention }]) => ({
    ...{ text, tokens, logProbability },
    attention: attention.map((row) => Array.from(row)),
  }));
};
globalThis.together = async ([address, wasmFolder, texts, device]) => {
  const models = await Promise.all([0, 1].map(() => Seq2Seq.load(address, { wasmFolder, device })));
  const found = await Promise.all(
    texts.flatMap((text) => models.map((model) => model.translate(text, { beam: 3 }))),
  );
  await Promise.all(models.map((model) => model.release()));
  return found.map(([best]) => best.text);
};
globalThis.score = async ([address, wasmFolder, pairs]) => {
  const model = await Seq2Seq.load(address, { wasmFolder });
  const scores = await model.score(pairs);
  await model.release();
  return scores.map(({ logProbability }) => logProbability);
};
globalThis.failure = ([address, wasmFolder]) =>
  Seq2Seq.load(address, { wasmFolder }).then(() => "none", (error) => error.name + ": " + error.message);`;

beforeAll(async () => {
  const executablePath = chromiumPath();
  await writeDateSamples(folder, { train: 1500, dev: 40, seed: 2 });
  execFileSync(
    "node",
    [
      join(root, "dist/cli/main.js"),
      "train",
      "--data",
      join(folder, "train.tsv"),
      "--dev",
      join(folder, "dev.tsv"),
      "--out",
      join(folder, "model"),
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
    ],
    { stdio: "ignore" },
  );
  const site = join(folder, "site");
  writeLibrarySite(site, script);
  ({ url, server } = await serve([site, folder]));
  browser = await chromium.launch({ executablePath, args: chromiumArguments });
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

/** Opens the page; requests to other hosts are refused, and kept with all others in `requests`. */
async function openPage(): Promise<{ tab: Page; requests: string[] }> {
  const context = await browser.newContext();
  const requests: string[] = [];
  await context.route(
    (address) => /^https?:/.test(address.protocol),
    async (route) => {
      const address = route.request().url();
      requests.push(address);
      await (address.startsWith(`${url}/`) ? route.continue() : route.abort());
    },
  );
  const tab = await context.newPage();
  await tab.goto(`${url}/index.html`);
  await tab.waitForFunction("document.title === 'ready'");
  return { tab, requests };
}

const call = <Result>(tab: Page, name: string, argument: unknown): Promise<Result> =>
  tab.evaluate(`${name}(${JSON.stringify(argument)})`) as Promise<Result>;

const largest = (differences: readonly number[]): number => Math.max(0, ...differences);

test.each(["wasm", "webgpu"])(
  "translations, log-probabilities and attention with %s are those in Node",
  async (device) => {
    // The processor takes many times as long for what a graphics card is made for.
    const { count, beams } =
      device === "webgpu" ? { count: 6, beams: [5] } : { count: 40, beams: [1, 5] };
    const lines = readFileSync(join(folder, "dev.tsv"), "utf8").trim().split("\n", count);
    const pairs = lines.map((line) => {
      const [source, target] = line.split("\t") as [string, string];
      return { source, target };
    });
    const sources = pairs.map(({ source }) => source);
    const { tab, requests } = await openPage();
    const node = await Seq2Seq.load(join(folder, "model"), { threads: 1 });
    const inLogProbability: number[] = [];
    const inAttention: number[] = [];
    for (const beam of beams) {
      // The folder of the WebAssembly files may be relative to the page, and end in "/" or not.
      const wasmFolder = beam === 1 ? "." : `${url}/`;
      const argument = [`${url}/model`, wasmFolder, sources, beam, device];
      const inPage = await call<PageResult[]>(tab, "translate", argument);
      const inNode = (await node.translateAll(sources, { beam })).map(
        ([best]) => best as Translation,
      );
      expect(inPage.map(({ text }) => text)).toEqual(inNode.map(({ text }) => text));
      expect(inPage.map(({ tokens }) => tokens)).toEqual(inNode.map(({ tokens }) => tokens));
      for (const [index, { logProbability, attention }] of inNode.entries()) {
        const other = inPage[index] as PageResult;
        inLogProbability.push(Math.abs(other.logProbability - logProbability));
        const rows = attention as readonly Float32Array[];
        expect(other.attention.map((row) => row.length)).toEqual(rows.map((row) => row.length));
        for (const [at, row] of rows.entries()) {
          const otherRow = other.attention[at] as readonly number[];
          for (const [column, weight] of row.entries()) {
            inAttention.push(Math.abs((otherRow[column] as number) - weight));
          }
        }
      }
    }
    const scored = await call<number[]>(tab, "score", [`${url}/model`, url, pairs]);
    const scoredInNode = await node.score(pairs);
    expect(scored).toHaveLength(pairs.length);
    const inScore = scoredInNode.map(({ logProbability }, index) =>
      Math.abs((scored[index] as number) - logProbability),
    );
    await node.release();
    const measured = [inLogProbability, inScore, inAttention].map(largest);
    const [ofTranslations, ofScores, ofAttention] = measured.map((most) => most.toExponential(1));
    console.log(
      `${device} differs from Node by at most ${ofTranslations} in log-probability, ${ofScores} in given translations' and ${ofAttention} in attention`,
    );
    for (const most of measured) expect(most).toBeLessThan(1e-3);
    expect(requests.filter((address) => !address.startsWith(`${url}/`))).toEqual([]);
    expect(requests.filter((address) => address.endsWith(".wasm"))).not.toEqual([]);
  },
);

test.each(["wasm", "webgpu"])(
  "with %s, a page may ask two models for several translations at once",
  async (device) => {
    const texts = readFileSync(join(folder, "dev.tsv"), "utf8")
      .split("\n", device === "webgpu" ? 2 : 3)
      .map((line) => line.split("\t")[0] as string);
    const { tab } = await openPage();
    const found = await call<string[]>(tab, "together", [`${url}/model`, url, texts, device]);
    const node = await Seq2Seq.load(join(folder, "model"), { threads: 1 });
    const expected = await node.translateAll(texts, { beam: 3 });
    await node.release();
    expect(found).toEqual(expected.flatMap(([best]) => [best?.text, best?.text]));
  },
);

test("a model that does not come is named with its address", async () => {
  const { tab } = await openPage();
  const missing = await call<string>(tab, "failure", [`${url}/nothing`]);
  expect(missing).toMatch(/^UserError: http:.*\/nothing\/.*: the server answers 404; check/);
  const elsewhere = await call<string>(tab, "failure", ["http://elsewhere.invalid/model"]);
  expect(elsewhere).toMatch(/^UserError: http:\/\/elsewhere.*: it could not be fetched \(.*\);/);
});

test("a folder without ONNX Runtime's files is named, also when it is tried again", async () => {
  const { tab } = await openPage();
  for (const folder of ["nothing", "nothing/", `${url}/nothing`]) {
    expect(await call<string>(tab, "failure", [`${url}/model`, folder])).toBe(
      `UserError: ${url}/nothing/ort-wasm-simd-threaded.mjs: the server answers 404; check wasmFolder.`,
    );
  }
  const again = await call<string>(tab, "failure", [`${url}/model`, "."]);
  expect(again).toMatch(
    /^UserError: http:.*\/: ONNX Runtime did not start.*and reload the page\.$/,
  );
});
