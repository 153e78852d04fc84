/** @file From a corpus to ids on disk: two passes, with a report of what they found. */

import { readTokenizers, writeTokenizers } from "../checkpoint/nodeModelFolder.ts";
import { encodeCorpus } from "../data/encodeCorpus.ts";
import { EncodedCorpus } from "../data/encodedCorpus.ts";
import { describeSource } from "../data/pairs.ts";
import { formatEncoding, formatSurvey } from "../data/report.ts";
import { surveyCorpus } from "../data/survey.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { learnTokenizer, parseTokenizerOption } from "../text/tokenizerOption.ts";
import { CorpusLinks, encodeLinks } from "./guidedAlignment.ts";
import type { FullTrainOptions } from "./options.ts";
import { makeRunFolder, runPath } from "./runFolder.ts";

/** A corpus that is ready to be trained on. */
export interface PreparedData {
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
  readonly train: EncodedCorpus;
  readonly dev: EncodedCorpus | null;
  /** What attention is taught; null without guided alignment. */
  readonly links: CorpusLinks | null;
}

/** The vocabularies of a model. */
export type Tokenizers = Pick<PreparedData, "source" | "target">;

/**
 * Learns the vocabularies, unless they are given, and encodes the sentences into the model's folder.
 *
 * @param log takes the report, line by line.
 * @throws UserError if a file cannot be read or nothing is left of it.
 */
export async function prepareData(
  options: FullTrainOptions,
  log: (line: string) => void,
  given: Tokenizers | null = null,
): Promise<PreparedData> {
  const settings = parseTokenizerOption(options.tokenizer);
  const lowercase = given ? given.source.isLowercase : options.lowercase;
  // The dev set first: a mistake in it should not cost the time of the other.
  if (options.dev) await surveyCorpus(options.dev, { lowercase });
  const survey = await surveyCorpus(options.data, { lowercase });
  log(`Training data: ${describeSource(options.data)}`);
  for (const line of formatSurvey(survey)) log(`  ${line}`);
  const learn = (side: "source" | "target") =>
    TextTokenizer.fromJson(
      learnTokenizer(survey[side].counts, settings, { lowercase }),
      `the learned ${side} tokenizer`,
    );
  const tokenizers = given ?? { source: learn("source"), target: learn("target") };
  const limits = { maxLength: options.maxLength };
  await makeRunFolder(options.out);
  if (options.dev) {
    const report = await encodeCorpus(options.dev, tokenizers, runPath(options.out, "dev"), limits);
    log(`Dev data: ${describeSource(options.dev)}`);
    for (const line of formatEncoding(report, tokenizers)) log(`  ${line}`);
  }
  const report = await encodeCorpus(
    options.data,
    tokenizers,
    runPath(options.out, "train"),
    limits,
  );
  log("As tokens:");
  for (const line of formatEncoding(report, tokenizers)) log(`  ${line}`);
  const { guidedAlignment } = options;
  if (guidedAlignment !== undefined) {
    const path = runPath(options.out, "links");
    await encodeLinks(options.data, guidedAlignment, tokenizers, path, limits);
  }
  await writeTokenizers(options.out, tokenizers.source, tokenizers.target);
  return openData(options);
}

/** Opens what {@link prepareData} has written. */
export async function openData(options: FullTrainOptions): Promise<PreparedData> {
  const tokenizers = await readTokenizers(options.out);
  const train = EncodedCorpus.open(runPath(options.out, "train"));
  const isGuided = options.guidedAlignment !== undefined;
  return {
    ...{ ...tokenizers, train },
    links: isGuided ? new CorpusLinks(runPath(options.out, "links"), train.pairs) : null,
    dev: options.dev ? EncodedCorpus.open(runPath(options.out, "dev")) : null,
  };
}
