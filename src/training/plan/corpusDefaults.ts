/**
 * @file The default values that follow the corpus: tokenizer, sizes, dropout, batch, learning rate and schedule, chosen
 * from the number of pairs, their texts and the minutes of the run. `docs/defaults.md` has the measurements.
 */

import type { CorpusSurvey, SurveyedSide } from "../../data/survey.ts";
import type { Values } from "../../options/option.ts";
import { largestOf } from "../../tensor/extremes.ts";
import type { Limits } from "../step/schedules.ts";

/** The options of a run that follow the corpus unless they are given. */
export const chosenOptions = [
  "tokenizer",
  "batch",
  "learningRate",
  "schedule",
  "keepBest",
  "patience",
] as const;

/** The options of a model that follow the corpus unless they are given. */
export const chosenSizes = ["hidden", "embedding", "dropout"] as const;

/** What the choice depends on. */
export interface CorpusFacts {
  /** The number of training pairs. */
  readonly pairs: number;
  /** The texts of the source; null if sources are features. */
  readonly source: TextFacts | null;
  readonly target: TextFacts;
}

/** Texts of one side. */
export interface TextFacts {
  /** Mean number of characters of a text. */
  readonly characters: number;
  /** Mean number of words of a text, separated by white space. */
  readonly words: number;
  /** The number of different characters. */
  readonly alphabet: number;
  /** The number of different words. */
  readonly differentWords: number;
}

/** Summarises a survey. */
export function corpusFacts(survey: CorpusSurvey, hasFeatures: boolean): CorpusFacts {
  const { pairs } = survey;
  const source = hasFeatures ? null : textFacts(survey.source, pairs);
  return { pairs, source, target: textFacts(survey.target, pairs) };
}

function textFacts({ counts, words }: SurveyedSide, pairs: number): TextFacts {
  const alphabet = new Set<string>();
  let characters = 0;
  for (const [word, count] of counts) {
    const letters = [...word];
    characters += letters.length * count;
    for (const letter of letters) alphabet.add(letter);
  }
  const spaces = Math.max(0, words.mean - 1);
  return {
    characters: characters / pairs + spaces,
    words: words.mean,
    alphabet: alphabet.size,
    differentWords: counts.size,
  };
}

/** An option that follows the corpus. */
export type OpenOption = (typeof chosenOptions)[number] | (typeof chosenSizes)[number];

/** The values chosen for a corpus. */
export interface Choice {
  readonly tokenizer: string;
  readonly batch: number;
  readonly learningRate: number;
  readonly schedule: string;
  readonly keepBest: "bleu" | "perplexity";
  readonly patience: number;
  readonly hidden: number;
  readonly embedding: number;
  readonly dropout: number;
}

/** What the choice depends on besides the corpus. */
export interface Budget {
  readonly limits: Limits;
  /** The size of the hidden state, if it is given. */
  readonly hidden: number | undefined;
}

/** The minutes assumed for a run without a limit on minutes. */
const ample = 60;

/**
 * Chooses the options of a run.
 *
 * Two things decide: whether texts are strings of letters or sentences, and how often the run sees each pair. The more
 * often, the larger the model and the more dropout. Where a limit ends the run, the rate falls to 0 by then.
 */
export function choiceFor(facts: CorpusFacts, { limits, hidden: given }: Budget): Choice {
  const kind = kindOf(facts);
  const minutes = limits.minutes ?? ample;
  const epochs = (hidden: number): number =>
    (minutes * tokensPerMinute(kind, hidden)) / (facts.pairs * tokensPerPair(kind, facts));
  const hidden = given ?? sizeFor(kind, facts.pairs, epochs);
  const isLimited = hasLimit(limits);
  return {
    tokenizer: tokenizerFor(kind, facts),
    batch: kind === "sentences" ? 64 : 128,
    learningRate: Math.min(0.005, Number((1 / hidden).toPrecision(1))),
    schedule: isLimited ? "linear" : "plateau",
    keepBest: keepBestFor(limits),
    patience: isLimited ? 0 : 5,
    hidden,
    embedding: Math.min(256, Math.ceil(hidden / 2)),
    dropout: dropoutFor(kind, epochs(hidden)),
  };
}

/** The measure of the best weights, whatever the corpus. */
export function keepBestFor(limits: Limits): Choice["keepBest"] {
  return hasLimit(limits) ? "bleu" : "perplexity";
}

function hasLimit({ epochs, minutes, steps }: Limits): boolean {
  return epochs !== undefined || minutes !== undefined || steps !== undefined;
}

/**
 * The kind of texts: `letters` if one side is single words (dates, spelling); `sounds` if, in addition, the targets are
 * sequences of few different symbols (pronunciation); otherwise `sentences`.
 */
type Kind = "letters" | "sounds" | "sentences";

function kindOf({ source, target }: CorpusFacts): Kind {
  const isWord = ({ words, characters, alphabet }: TextFacts): boolean =>
    words <= 2 && characters <= 40 && alphabet <= 300;
  const areShort = (source?.characters ?? 0) <= 60 && target.characters <= 60;
  if (source === null || !areShort || !(isWord(source) || isWord(target))) return "sentences";
  return target.words > 2 && target.differentWords <= 300 ? "sounds" : "letters";
}

function tokenizerFor(kind: Kind, { pairs, source, target }: CorpusFacts): string {
  if (kind === "letters") return "char";
  // Frequent groups of letters often are one sound.
  if (kind === "sounds") return `bpe:${hundreds(4 * target.differentWords)}`;
  const alphabet = largestOf([source?.alphabet ?? 0, target.alphabet]);
  // Pieces must be seen often enough to be learned; each character needs one.
  return `bpe:${hundreds(Math.min(8000, largestOf([500, 1000 * (pairs / 5000) ** 0.4, 1.5 * alphabet])))}`;
}

const hundreds = (value: number): number => 100 * Math.ceil(value / 100);

/** Estimated tokens of both sides of a pair. */
function tokensPerPair(kind: Kind, { source, target }: CorpusFacts): number {
  const tokens = ({ characters, words }: TextFacts): number => {
    if (kind === "letters") return characters;
    // Some scripts have no spaces between words.
    return characters > 12 * words ? 0.6 * characters : 1.35 * words;
  };
  return 1 + (source === null ? 0 : tokens(source)) + tokens(target);
}

/** Tokens of both sides that luong2015 trains on in a minute on two cores, evaluations included: `docs/benchmarks.md`. */
function tokensPerMinute(kind: Kind, hidden: number): number {
  const ofSentences = 600_000 * (256 / hidden) ** 1.6;
  // The output layer of a small vocabulary costs little.
  return kind === "sentences" ? ofSentences : 2 * ofSentences;
}

/** A size of the hidden state, and what makes it worth its time. */
interface Size {
  readonly hidden: number;
  /** The number of times that the run must see each pair. */
  readonly epochs: number;
  readonly pairs: number;
}

const sizes: Readonly<Record<"short" | "sentences", readonly Size[]>> = {
  short: [
    { hidden: 256, epochs: 12, pairs: 40_000 },
    { hidden: 192, epochs: 8, pairs: 20_000 },
    { hidden: 128, epochs: 0, pairs: 0 },
  ],
  sentences: [
    { hidden: 512, epochs: 4, pairs: 40_000 },
    { hidden: 384, epochs: 6, pairs: 10_000 },
    { hidden: 256, epochs: 0, pairs: 0 },
  ],
};

function sizeFor(kind: Kind, pairs: number, epochs: (hidden: number) => number): number {
  const choices = sizes[kind === "sentences" ? kind : "short"];
  const isWorth = (size: Size) => pairs >= size.pairs && epochs(size.hidden) >= size.epochs;
  return (choices.find(isWorth) as Size).hidden;
}

/** More dropout for a run that sees each pair more often. */
function dropoutFor(kind: Kind, epochs: number): number {
  const steps = kind === "sentences" ? [2, 15, 25] : [20, 100];
  return (1 + steps.filter((most) => epochs > most).length) / 10;
}

/** Names the chosen values in a sentence. */
export function chosenNote(open: readonly OpenOption[], values: Values): string {
  const words = (key: string): string =>
    key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const chosen = open.map((key) => `${words(key)} ${values[key]}`).join(", ");
  return `Chosen for this corpus: ${chosen}; give any of these options to choose otherwise.`;
}
