/**
 * @file `npm run bench:consistency -- MODEL DATA [COUNT [int8]]`: translates sentences in batches and one by
 * one, scores reference translations both ways, and compares tokens and log-probabilities. Fails if they
 * differ.
 */

import { readPairs } from "../src/data/node/readPairs.ts";
import type { SentencePair } from "../src/data/pairs.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import type { Compute } from "../src/runtime/options.ts";
import { normalizeText } from "../src/text/normalize.ts";

const [folder, data, count = "500", compute = "float32"] = process.argv.slice(2);
if (!folder || !data) {
  console.error("npm run bench:consistency -- MODEL DATA [COUNT [int8]]");
  process.exit(1);
}
const pairs: SentencePair[] = [];
for await (const pair of readPairs({ kind: "table", path: data, columns: ["1", "2"] })) {
  if (pairs.push(pair) === Number(count)) break;
}
const sources = pairs.map(({ source }) => source);
const model = await Seq2Seq.load(folder, { compute: compute as Compute });
let hasDifference = false;
for (const beam of [1, 5]) {
  const together = await model.translateAll(sources, { beam });
  let different = 0;
  let ofToken = 0;
  let ofSentence = 0;
  for (const [index, source] of sources.entries()) {
    const [alone] = await model.translate(source, { beam });
    const [batched] = together[index] ?? [];
    if (!alone || !batched || alone.tokens.join(" ") !== batched.tokens.join(" ")) {
      different++;
      continue;
    }
    ofSentence = Math.max(ofSentence, Math.abs(alone.logProbability - batched.logProbability));
    for (const [at, value] of alone.logProbabilities.entries()) {
      ofToken = Math.max(ofToken, Math.abs(value - (batched.logProbabilities[at] ?? 0)));
    }
  }
  console.log(
    `beam ${beam}: ${sources.length} sentences, ${different} with other tokens; log-probabilities differ by at most ${ofToken.toExponential(1)} a token, ${ofSentence.toExponential(1)} a sentence`,
  );
  hasDifference ||= different > 0 || ofToken > 1e-5;
}
const filled = pairs.filter(({ source }) => normalizeText(source) !== "");
const scored = await model.score(filled);
let unequal = 0;
let farthest = 0;
for (const [index, pair] of filled.entries()) {
  const [alone] = await model.score([pair]);
  const batched = scored[index];
  const differences = (alone?.logProbabilities ?? []).map((value, at) =>
    Math.abs(value - (batched?.logProbabilities[at] ?? Number.NaN)),
  );
  const largest = Math.max(...differences);
  if (largest !== 0) unequal++;
  farthest = Math.max(farthest, largest);
}
console.log(
  `given translations: ${filled.length} pairs, ${unequal} with other log-probabilities, which differ by at most ${farthest.toExponential(1)} a token`,
);
hasDifference ||= !(farthest <= 1e-5);
await model.release();
process.exitCode = hasDifference ? 1 : 0;
