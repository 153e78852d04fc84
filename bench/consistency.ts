/**
 * @file `npm run bench:consistency -- MODEL DATA [COUNT]`: translates sentences in batches and one by
 * one, and compares tokens and log-probabilities. Fails where they differ.
 */
import { readPairs } from "../src/data/pairs.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";

const [folder, data, count = "500"] = process.argv.slice(2);
if (!folder || !data) {
  console.error("npm run bench:consistency -- MODEL DATA [COUNT]");
  process.exit(1);
}
const sources: string[] = [];
for await (const { source } of readPairs({ kind: "table", path: data, columns: ["1", "2"] })) {
  if (sources.length < Number(count)) sources.push(source);
}
const model = await Seq2Seq.load(folder);
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
await model.release();
process.exitCode = hasDifference ? 1 : 0;
