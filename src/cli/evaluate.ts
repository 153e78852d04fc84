import type { Command } from "commander";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { readPairs } from "../data/pairs.ts";
import { corpusBleu } from "../evaluation/bleu.ts";
import type { BleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { bleuTokenizers } from "../evaluation/bleuTokenizer.ts";
import { corpusChrf } from "../evaluation/chrf.ts";
import { exactMatchAccuracy } from "../evaluation/editDistance.ts";
import { perplexity } from "../evaluation/perplexity.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import type { RuntimeOptions } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
import { normalizeText } from "../text/normalize.ts";
import type { DataOptions } from "./data.ts";
import { addDataOptions, pairSource } from "./data.ts";
import type { SearchFlags } from "./translate.ts";
import { addSearchOptions, translateOptions } from "./translate.ts";

const tokenizerNames = Object.keys(bleuTokenizers);

const examples = `
Examples:
  $ seq2see evaluate --model my-model --data test.tsv
  $ seq2see evaluate --model my-model --data test.tsv --bleu-tokenizer none --json      for text that is tokenised
`;

interface EvaluateFlags extends SearchFlags, DataOptions, RuntimeOptions {
  readonly model: string;
  readonly json?: boolean;
  readonly bleuTokenizer?: string;
  readonly lowercase?: boolean;
}

/** Reads all pairs. */
export async function allPairs(source: PairSource): Promise<SentencePair[]> {
  const pairs: SentencePair[] = [];
  for await (const pair of readPairs(source)) pairs.push(pair);
  return pairs;
}

/** Adds `seq2see evaluate`. */
export function addEvaluateCommand(program: Command): void {
  const command = program
    .command("evaluate")
    .description("BLEU, chrF and perplexity on sentence pairs")
    .requiredOption("--model <folder>", "folder of the model");
  addSearchOptions(addDataOptions(command))
    .option(
      "--bleu-tokenizer <name>",
      `${tokenizerNames.join(", ")}; none for text that is tokenised already`,
      "13a",
    )
    .option("--lowercase", "compare in small letters")
    .option("--json", "print one JSON object")
    .addHelpText("after", examples)
    .action(evaluate);
}

async function evaluate(flags: EvaluateFlags): Promise<void> {
  const tokenizer = flags.bleuTokenizer as BleuTokenizer;
  if (!tokenizerNames.includes(tokenizer)) {
    throw new UserError(
      `--bleu-tokenizer ${tokenizer}: choose one of ${tokenizerNames.join(", ")}.`,
    );
  }
  const options = translateOptions(flags);
  const pairs = await allPairs(pairSource(flags));
  const model = await Seq2Seq.load(flags.model, flags);
  try {
    const start = performance.now();
    const results = await model.translateAll(
      pairs.map(({ source }) => source),
      options,
    );
    const seconds = (performance.now() - start) / 1000;
    const hypotheses = results.map(([best]) => best?.text ?? "");
    const references = [pairs.map(({ target }) => target)];
    const lowercase = flags.lowercase ?? false;
    const bleu = corpusBleu(hypotheses, references, { tokenizer, lowercase });
    const chrf = corpusChrf(hypotheses, references, { lowercase });
    const scores = await model.score(pairs.filter(({ source }) => normalizeText(source) !== ""));
    const sum = scores.reduce((total, { logProbability }) => total + logProbability, 0);
    const tokens = scores.reduce(
      (total, { logProbabilities }) => total + logProbabilities.length,
      0,
    );
    const measured = {
      sentences: pairs.length,
      beam: options.beam,
      bleu: { score: bleu.score, signature: bleu.signature, text: bleu.toString() },
      chrf: { score: chrf.score, signature: chrf.signature },
      perplexity: perplexity(sum, tokens),
      exactMatch: exactMatchAccuracy(hypotheses, references),
      seconds,
    };
    if (flags.json) {
      console.log(JSON.stringify(measured, null, 2));
      return;
    }
    console.log(bleu.toString());
    console.log(chrf.toString());
    console.log(
      `perplexity ${measured.perplexity.toFixed(3)} a token, the end of each sentence included`,
    );
    console.log(
      `exactly right: ${(100 * measured.exactMatch).toFixed(1)} % of ${pairs.length} sentences`,
    );
    console.log(`translated with beam ${options.beam} in ${seconds.toFixed(1)} s`);
  } finally {
    await model.release();
  }
}
