/**
 * @file `npm run bench:translate -- MODEL…`: the time of translation with float32 and int8, beam 1 and 5, for all
 * sentences in batches and for each alone.
 *
 *     --test TABLE       pairs (default: multi30k.fr-en.test_2016_flickr)
 *     --sentences N      of its sentences (default: all)
 *     --rounds N         times that each way translates them, in turn (default: 3)
 *     --earlier FOLDER   another checkout, built, whose float32 is measured in the same turns
 *     --page             in Chromium, with one thread, instead of Node
 */
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { readPairs } from "../src/data/node/readPairs.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import type { Compute } from "../src/runtime/options.ts";
import { serve } from "../test/support/staticServer.ts";
import { root, startChromium } from "../test/support/studioPage.ts";

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    test: { type: "string", default: "../shared/data/multi30k.fr-en.test_2016_flickr.tsv.gz" },
    sentences: { type: "string" },
    rounds: { type: "string", default: "3" },
    earlier: { type: "string" },
    page: { type: "boolean", default: false },
  },
});
if (folders.length === 0) {
  console.error("npm run bench:translate -- MODEL…");
  process.exit(1);
}
const most = Number(values.sentences ?? Number.POSITIVE_INFINITY);
const sources: string[] = [];
for await (const { source } of readPairs({
  kind: "table",
  path: values.test,
  columns: ["1", "2"],
})) {
  if (sources.length < most) sources.push(source);
}
const beams = [1, 5];
const withoutBatch = sources.slice(0, 100);

/** One way to compute. */
interface Way {
  /** Milliseconds for all texts together. */
  together(texts: readonly string[], beam: number): Promise<number>;
  /** Milliseconds for a text alone. */
  alone(text: string, beam: number): Promise<number>;
  release(): Promise<void>;
}

type Load = (folder: string, compute: Compute | undefined) => Promise<Way>;

/** Loads models in this process, with the library of a checkout. */
async function nodeLoader(checkout: string | undefined): Promise<Load> {
  const path = checkout && resolve(checkout, ".build/src/library/seq2seq.js");
  const library = path
    ? ((await import(pathToFileURL(path).href)) as { Seq2Seq: typeof Seq2Seq })
    : { Seq2Seq };
  return async (folder, compute) => {
    const model = await library.Seq2Seq.load(folder, { threads: 2, ...(compute && { compute }) });
    const timed = async (work: Promise<unknown>): Promise<number> => {
      const start = performance.now();
      await work;
      return performance.now() - start;
    };
    return {
      together: (texts, beam) => timed(model.translateAll(texts, { beam })),
      alone: (text, beam) => timed(model.translate(text, { beam })),
      release: () => model.release(),
    };
  };
}

const browser = values.page ? await startChromium() : null;

/** Loads models in a page of Chromium. */
async function pageLoader(checkout: string): Promise<Load> {
  return async (folder, compute) => {
    const { url, server } = await serve([join(checkout, "dist/page"), folder]);
    const context = await browser?.newContext();
    const page = await context?.newPage();
    if (!page) throw new Error("There is no page.");
    // A file of the model's folder, so that the page has the server's address.
    await page.goto(`${url}/config.json`);
    const seconds = await page.evaluate(
      `(async () => {
        const { Seq2Seq } = await import(${JSON.stringify(`${url}/seq2see.js`)});
        const start = performance.now();
        globalThis.model = await Seq2Seq.load(${JSON.stringify(`${url}/`)}, ${JSON.stringify({ compute })});
        return (performance.now() - start) / 1000;
      })()`,
    );
    console.log(`${folder}  ${compute ?? "earlier"}  loaded in ${Number(seconds).toFixed(2)} s`);
    const timed = (call: string): Promise<number> =>
      page.evaluate(
        `(async () => { const start = performance.now(); await globalThis.model.${call}; return performance.now() - start; })()`,
      );
    return {
      together: (texts, beam) => timed(`translateAll(${JSON.stringify(texts)}, { beam: ${beam} })`),
      alone: (text, beam) => timed(`translate(${JSON.stringify(text)}, { beam: ${beam} })`),
      release: async () => {
        await context?.close();
        server.close();
      },
    };
  };
}

/** The ways to compute with the model of a folder, the earlier one first. */
async function waysOf(folder: string): Promise<Map<string, Way>> {
  const { earlier, page } = values;
  const loader = (checkout?: string): Promise<Load> =>
    page ? pageLoader(resolve(checkout ?? root)) : nodeLoader(checkout);
  const ways = new Map<string, Way>();
  if (earlier !== undefined) ways.set("earlier", await (await loader(earlier))(folder, undefined));
  const load = await loader();
  for (const compute of ["float32", "int8"] as const) {
    ways.set(compute, await load(folder, compute));
  }
  return ways;
}

/** The element at a share of the sorted numbers. */
function at(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
}

/** Measures all ways in turn, and prints a line for each. */
async function measure(folder: string, ways: ReadonlyMap<string, Way>, beam: number) {
  const names = [...ways.keys()];
  const together = names.map((): number[] => []);
  const alone = names.map((): number[] => []);
  for (const way of ways.values()) await way.together(withoutBatch.slice(0, 8), beam);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [index, way] of [...ways.values()].entries()) {
      together[index]?.push((await way.together(sources, beam)) / 1000);
    }
  }
  for (const text of withoutBatch) {
    for (const [index, way] of [...ways.values()].entries()) {
      alone[index]?.push(await way.alone(text, beam));
    }
  }
  const [base = []] = together;
  for (const [index, name] of names.entries()) {
    const [times = [], single = []] = [together[index], alone[index]];
    const ratios = times.map((time, round) => time / (base[round] as number));
    console.log(
      [
        folder,
        `beam ${beam}`,
        name.padEnd(8),
        `${sources.length} sentences: best ${at(times, 0).toFixed(2)} s, median ${at(times, 0.5).toFixed(2)} s`,
        `${at(ratios, 0.5).toFixed(2)} of ${names[0]}`,
        `alone: median ${at(single, 0.5).toFixed(1)} ms, 95th percentile ${at(single, 0.95).toFixed(1)} ms`,
      ].join("  "),
    );
  }
}

for (const folder of folders) {
  const ways = await waysOf(folder);
  for (const beam of beams) await measure(folder, ways, beam);
  for (const way of ways.values()) await way.release();
}
await browser?.close();
