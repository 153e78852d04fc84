/**
 * @file `npm run bench:translate -- MODEL TEST`: sentences per second with beam 1 and 5, in batches, and the
 * time of a single sentence. TEST is a table of pairs (default: multi30k.fr-en.test_2016_flickr).
 */
import { readPairs } from "../src/data/node/readPairs.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";

const [folder, test = "../shared/data/multi30k.fr-en.test_2016_flickr.tsv.gz"] =
  process.argv.slice(2);
if (!folder) {
  console.error("npm run bench:translate -- MODEL [TEST]");
  process.exit(1);
}
const model = await Seq2Seq.load(folder, { threads: 2 });
const sources: string[] = [];
for await (const { source } of readPairs({ kind: "table", path: test, columns: ["1", "2"] }))
  sources.push(source);

for (const beam of [1, 5]) {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    await model.translateAll(sources, { beam });
    times.push((performance.now() - start) / 1000);
  }
  const best = Math.min(...times);
  console.log(
    `beam ${beam}: ${sources.length} sentences in ${best.toFixed(2)} s, ${(sources.length / best).toFixed(0)} a second`,
  );
  const single: number[] = [];
  for (const source of sources.slice(0, 100)) {
    const start = performance.now();
    await model.translate(source, { beam });
    single.push(performance.now() - start);
  }
  single.sort((a, b) => a - b);
  console.log(
    `  one sentence: median ${single[50]?.toFixed(1)} ms, 95th percentile ${single[95]?.toFixed(1)} ms`,
  );
}
await model.release();
