import type { Command } from "commander";
import { describeSource } from "../data/pairs.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import type { RuntimeOptions } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
import { normalizeText } from "../text/normalize.ts";
import type { DataOptions } from "./data.ts";
import { addDataOptions, pairSource } from "./data.ts";
import { allPairs } from "./evaluate.ts";
import { wholeFrom } from "./numbers.ts";
import { filesOf, scorePairs } from "./sources.ts";

const examples = `
Prints for each pair the log-probability of the target in nats, and the number of its tokens with the end.

Example:
  $ seq2see score --model my-model --data pairs.tsv
`;

/** Adds `seq2see score`. */
export function addScoreCommand(program: Command): void {
  const command = program
    .command("score")
    .description("log-probability of given translations")
    .requiredOption("--model <folder>", "folder of the model");
  addDataOptions(command)
    .option("--json", "print one JSON object a line, with every token's log-probability")
    .option("--device <name>", "cpu, cuda or webgpu (default: cpu)")
    .option("--threads <n>", "(default: all processors)", wholeFrom(1))
    .addHelpText("after", examples)
    .action(
      async (
        flags: DataOptions & RuntimeOptions & { readonly model: string; readonly json?: boolean },
      ) => {
        const source = pairSource(flags);
        const pairs = await allPairs(source);
        const empty = pairs.find((pair) => normalizeText(pair.source) === "");
        if (empty)
          throw new UserError(
            `${describeSource(source)}: line ${empty.line} has an empty source, of which nothing is a translation; remove it.`,
          );
        const model = await Seq2Seq.load(flags.model, flags);
        try {
          const scores = await scorePairs(model, filesOf(source, model), pairs);
          for (const scoring of scores) {
            const { logProbability, logProbabilities } = scoring;
            console.log(
              flags.json
                ? JSON.stringify({ logProbability, tokens: scoring.tokens, logProbabilities })
                : `${logProbability.toFixed(6)}\t${logProbabilities.length}`,
            );
          }
        } finally {
          await model.release();
        }
      },
    );
}
