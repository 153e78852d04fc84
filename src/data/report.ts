/** @file Formats the reports on a corpus for people. */
import { counted } from "../tensor/counted.ts";
import type { DroppedPairs } from "./droppedPairs.ts";
import type { EncodedSide, EncodingReport, PairTokenizers } from "./encodeCorpus.ts";
import type { CorpusSurvey, SurveyedSide } from "./survey.ts";

/**
 * Formats the results of the first pass over a corpus.
 *
 * @param hasFiles whether sources are file names, whose words mean nothing.
 */
export function formatSurvey(survey: CorpusSurvey, hasFiles = false): string[] {
  const side = (name: string, { counts, words }: SurveyedSide): string =>
    `${name}: ${counted(words.total, "word")}, ${whole(counts.size)} different; ${words.mean.toFixed(1)} a sentence, at most ${whole(words.max)}`;
  return [
    ...formatPairs(survey.pairs, survey.dropped),
    ...(hasFiles ? [] : [side("source", survey.source)]),
    side("target", survey.target),
  ];
}

/** Formats the results of encoding a corpus, and its tokenizers. */
export function formatEncoding(report: EncodingReport, tokenizers: PairTokenizers): string[] {
  const side = ({ tokens, unknown, meanLength, maxLength }: EncodedSide): string =>
    `${counted(tokens, "token")}, ${meanLength.toFixed(1)} a sentence, at most ${whole(maxLength)}; ${percent(unknown, tokens)} unknown`;
  return [
    ...formatPairs(report.pairs, report.dropped),
    `source (${tokenizers.source.description}): ${side(report.source)}`,
    `target (${tokenizers.target.description}): ${side(report.target)}`,
  ];
}

/**
 * Formats how many pairs of a corpus are kept, and why others are dropped.
 *
 * @param name the name of the corpus, if there are others.
 */
export function formatPairs(
  pairs: number,
  dropped: readonly DroppedPairs[],
  name?: string,
): string[] {
  const total = dropped.reduce((sum, { count }) => sum + count, 0);
  const rest = total === 0 ? "none dropped" : `${whole(total)} dropped`;
  return [
    `${name === undefined ? "" : `${name}: `}${counted(pairs, "pair")} kept, ${rest}`,
    ...dropped.map((each) => `  ${formatDropped(each)}`),
  ];
}

/** Formats how many pairs were dropped for a reason, and in which lines they are. */
export function formatDropped({ reason, count, lines }: DroppedPairs): string {
  const more = count > lines.length ? ", …" : "";
  return `${whole(count)} ${reason} (${count === 1 ? "line" : "lines"} ${lines.join(", ")}${more})`;
}

function whole(count: number): string {
  return count.toLocaleString("en");
}

function percent(part: number, all: number): string {
  return `${((100 * part) / Math.max(1, all)).toFixed(2)} %`;
}
