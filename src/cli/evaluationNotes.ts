/** @file Notes about the evaluated texts that readers of the scores need, one sentence each. */

import type { DroppedPairs } from "../data/droppedPairs.ts";
import { formatDropped } from "../data/report.ts";
import { canJudge } from "../evaluation/bleu.ts";
import type { BleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import type { FormDifferences } from "../evaluation/modelForm.ts";
import type { References } from "../evaluation/references.ts";
import { scriptOf } from "../evaluation/textUnit.ts";
import { counted } from "../tensor/counted.ts";
import type { Comparison, MetricName } from "./metrics.ts";

/** Notes which pairs are left out; empty if none are. */
export function droppedNotes(dropped: readonly DroppedPairs[]): string[] {
  return dropped.length === 0 ? [] : [`Left out: ${dropped.map(formatDropped).join(", ")}.`];
}

/**
 * Notes which references the model cannot write, how they are split into words if they have no spaces,
 * and whether BLEU is meaningful.
 *
 * @param metrics the metrics of translations.
 */
export function comparisonNotes(
  metrics: readonly MetricName[],
  references: References,
  compared: Comparison,
): string[] {
  const differences = compared.form.differencesOf(references, compared.lowercase);
  return [
    ...(differences ? [formNote(differences, metrics)] : []),
    ...unitNotes(metrics, references, compared),
    ...(metrics.includes("bleu") ? bleuNotes(references, compared) : []),
  ];
}

function formNote(
  { references, capitals, decomposed, whiteSpace }: FormDifferences,
  metrics: readonly MetricName[],
): string {
  const found = (
    [
      [capitals, "capitals"],
      [decomposed, "letters that are not composed (NFC)"],
      [whiteSpace, "white space other than plain spaces"],
    ] as const
  ).filter(([count]) => count > 0);
  const asTheyAre = metrics.filter(isOfSacrebleu).map(printedName);
  const inForm = metrics.filter((name) => !isOfSacrebleu(name)).map(printedName);
  const clauses = [
    ...(inForm.length > 0 ? [`${compare(inForm)} in the form that it writes`] : []),
    ...(asTheyAre.length > 0 ? [`${compare(asTheyAre)} the references as they are`] : []),
    ...(asTheyAre.length > 0 && capitals > 0
      ? [`--lowercase compares ${listed(asTheyAre)} in small letters`]
      : []),
    ...(asTheyAre.length > 0 && decomposed > 0 ? ["write the references in NFC to change it"] : []),
  ];
  const [first, ...more] = found.map(([count, what]) => [number(count), what] as const);
  return [
    `${first?.[0]} of ${counted(references, "reference")} hold ${first?.[1]}`,
    ...more.map(([count, what]) => `, ${count} ${what}`),
    `, which this model never writes: ${clauses.join("; ")}.`,
  ].join("");
}

const isOfSacrebleu = (name: MetricName): boolean => name === "bleu" || name === "chrf";

/** Names the metrics that count characters. */
function unitNotes(
  metrics: readonly MetricName[],
  references: References,
  { tokenizer, unit }: Comparison,
): string[] {
  if (unit === "words") return [];
  const counting = metrics.flatMap((name) => {
    if (name === "rouge" || name === "wer" || name === "per") return [printedName(name)];
    const isOfCharacters = name === "bleu" && fittingNames(references).includes(tokenizer);
    return isOfCharacters ? [`BLEU (tok:${tokenizer})`] : [];
  });
  if (counting.length === 0) return [];
  return [
    `The references have no spaces between words, so ${withVerb(counting, "count")} characters.`,
  ];
}

/** Notes if BLEU has nothing to count, and which metric has. */
function bleuNotes(references: References, compared: Comparison): string[] {
  const { tokenizer, unit } = compared;
  const fitting = fittingNames(references);
  if (unit === "characters" && !fitting.includes(tokenizer)) {
    return [
      `The references have no spaces between words, so BLEU's ${tokenizer} takes each for one word or few; --bleu-tokenizer ${fitting.join(" or ")} counts characters.`,
    ];
  }
  if (canJudge(references, compared)) return [];
  return [
    `No reference has four words (tok:${tokenizer}), so BLEU, which is of four words in a row, is 0 even where all is right; --metrics exact,cer,chrf can tell.`,
  ];
}

/** The tokenizers that treat characters as words in references without spaces. */
function fittingNames(references: References): BleuTokenizer[] {
  return scriptOf(given(references)).isChinese ? ["zh", "char"] : ["char"];
}

/** The references of all lists. */
export function given(references: References): string[] {
  return references.flat().filter((line) => line !== undefined);
}

const printedNames: Readonly<Partial<Record<MetricName, string>>> = {
  bleu: "BLEU",
  chrf: "chrF",
  rouge: "ROUGE",
  exact: "exact match",
  wer: "word error rate",
  per: "phoneme error rate",
  cer: "character error rate",
};

const printedName = (name: MetricName): string => printedNames[name] ?? name;
const number = (count: number): string => count.toLocaleString("en");

const compare = (names: readonly string[]): string => withVerb(names, "compare");

function withVerb(names: readonly string[], verb: string): string {
  return `${listed(names)} ${verb}${names.length === 1 ? "s" : ""}`;
}

/** Joins names in a sentence: "a", "a and b", "a, b and c". */
function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
