import { join } from "node:path";
import { Random } from "../../src/tensor/random.ts";
import { type CorpusParts, corpora, type Pair, readCorpus, sizesText } from "../data/corpora.ts";
import { phraseTable } from "../data/phrases.ts";
import { phraseParts, sharesWord, shuffledPairs, wordCount } from "../data/shuffledPhrases.ts";
import {
  commonOptions,
  compareSides,
  type Side,
  type SideResult,
} from "../running/compareSides.ts";
import type { Context, Experiment } from "../running/experiment.ts";
import { sideTable, valuesOf } from "../running/gains.ts";
import type { Measure } from "../running/measures.ts";
import { testPerplexity } from "../running/measures.ts";
import { phraseVectors } from "../running/phraseVectors.ts";
import { checksumOfPairs, writePairs } from "../running/workFiles.ts";
import { barChart } from "../writing/barChart.ts";
import { mean } from "../writing/numbers.ts";
import type { Report, Verdict } from "../writing/report.ts";

/** Sentences for extraction, maximum words of a phrase, minimum count of a pair, held-out pairs. */
const sizes = { sentences: 60_000, most: 4, least: 2, held: 1000 };
const examplesShown = 12;

/** A single model, which is compared with chance. */
export const phraseSides: readonly Side[] = [
  {
    name: "cho",
    label: "RNN Encoder–Decoder (cho2014)",
    options: {
      ...commonOptions,
      preset: "cho2014",
      tokenizer: "word:8000",
      // The paper's initialisation, with which the page was made.
      model: { hidden: 256, embedding: 128, dropout: 0.2, initialRange: "bahdanau" },
    },
  },
];

/** How many neighbours are searched for one without common words. */
const nearestLookedAt = 50;

/**
 * Measures, in percent, how often a good pair has a higher log p than the same source with a shuffled target; and
 * how often the target of the nearest phrase, or of a random one, shares a word with a phrase's own target. Only
 * phrases with other words count: common words make phrases similar even before a model has learned anything.
 */
function phraseMeasure({ train, test }: CorpusParts, threads: number): Measure {
  const { good, bad } = shuffledPairs(test, train, 1);
  return {
    depends: { measure: "phrases 2", good: checksumOfPairs(good), bad: checksumOfPairs(bad) },
    async take(model, folder) {
      const [goodScores, badScores] = [await model.score(good), await model.score(bad)];
      const told = goodScores.filter(
        ({ logProbability }, index) =>
          logProbability > (badScores[index]?.logProbability ?? Number.POSITIVE_INFINITY),
      );
      const near = await nearestPhrases(folder, test, threads);
      const percent = (part: number, whole: number): number => (100 * part) / whole;
      const isRelated = ([one, other]: readonly [Pair, Pair]): boolean =>
        sharesWord(one.target, other.target);
      const random = randomPartners(test);
      return {
        values: {
          "told apart": percent(told.length, good.length),
          "nearest related": percent(near.filter(isRelated).length, near.length),
          "random related": percent(random.filter(isRelated).length, random.length),
          perplexity: await testPerplexity(model, good),
        },
        lines: near.slice(0, examplesShown).map(([one, other]) => `${one.source}\t${other.source}`),
      };
    },
  };
}

async function nearestPhrases(
  folder: string,
  test: readonly Pair[],
  threads: number,
): Promise<(readonly [Pair, Pair])[]> {
  const pairs = new Map(test.map((pair) => [pair.source, pair]));
  const vectors = await phraseVectors(folder, [...pairs.keys()], threads);
  try {
    const near: (readonly [Pair, Pair])[] = [];
    for (const pair of test) {
      const nearest = await vectors.nearest({ word: pair.source }, nearestLookedAt);
      const other = nearest.find(({ word }) => !sharesWord(word, pair.source));
      if (other) near.push([pair, pairs.get(other.word) as Pair]);
    }
    return near;
  } finally {
    await vectors.release();
  }
}

/** Pairs each phrase with another one of equal length and without common source words, if there is one. */
function randomPartners(test: readonly Pair[]): (readonly [Pair, Pair])[] {
  const random = new Random(2);
  return test.flatMap((pair) => {
    const others = test.filter(
      (other) =>
        wordCount(other.source) === wordCount(pair.source) &&
        !sharesWord(other.source, pair.source),
    );
    const other = others[random.integer(others.length)];
    return other ? [[pair, other] as const] : [];
  });
}

/** The verdict's rule: nine of ten pairs told apart, and twice as many related neighbours as by chance. */
export function phraseVerdict(result: SideResult): Verdict {
  const [told, near, random] = ["told apart", "nearest related", "random related"].map((name) =>
    mean(valuesOf(result, name)),
  ) as [number, number, number];
  const holds = [told >= 90, near >= 2 * random];
  return {
    outcome: holds.every(Boolean)
      ? "reproduced"
      : holds.some(Boolean)
        ? "reproduced in part"
        : "not at this size",
    reason: `The good pair scores higher in ${told.toFixed(1)} % of cases (50 % by chance; 90 % counts as reproduced). The translation of the nearest phrase without common words shares a word with a phrase's own translation in ${near.toFixed(1)} % of cases, the translation of a random phrase of equal length in ${random.toFixed(1)} % (twice as many count as reproduced).`,
  };
}

async function run(context: Context): Promise<Report> {
  const { train } = await readCorpus(context.corpora, "tatoeba");
  // Neighbours in the corpus are similar, so the sentences are taken from all of it.
  const every = Math.max(1, Math.floor(train.length / sizes.sentences));
  const sentences = train.filter((_, index) => index % every === 0).slice(0, sizes.sentences);
  context.log(`extracting phrases from ${sentences.length} pairs (IBM model 1 in both directions)`);
  const parts = phraseParts(phraseTable(sentences, sizes), sizes.held);
  const folder = join(context.work, "data");
  const results = await compareSides(context, {
    sides: phraseSides,
    data: await writePairs(folder, "train", parts.train),
    dev: await writePairs(folder, "dev", parts.dev),
    measure: phraseMeasure(parts, context.threads),
  });
  const [result] = results as [SideResult];
  const bars = [
    { label: "good pairs told from shuffled ones", values: valuesOf(result, "told apart") },
    { label: "nearest phrases that are related", values: valuesOf(result, "nearest related") },
    { label: "random phrases that are related", values: valuesOf(result, "random related") },
  ].map((bar, index) => ({ ...bar, group: index === 2 ? 1 : 0 }));
  return {
    data: [
      `${corpora.tatoeba.about} Phrases of up to ${sizes.most} words that occur in ${sizes.least} of ${sentences.length.toLocaleString("en-US")} sentence pairs or more: ${sizesText(parts)}. The evaluation uses phrases of at least two words that were not in training, although their words were, in other phrases.`,
    ],
    tables: [
      sideTable("In percent", results, [
        { head: "told apart", value: "told apart", digits: 1 },
        { head: "nearest related", value: "nearest related", digits: 1 },
        { head: "random related", value: "random related", digits: 1 },
        { head: "perplexity", value: "perplexity", digits: 2 },
      ]),
      {
        caption: "The nearest evaluated phrase without a common word, for the first phrases",
        head: ["phrase", "nearest"],
        rows: (result.runs[0]?.lines ?? []).map((line) => line.split("\t")),
      },
    ],
    figures: [
      {
        name: "phrases",
        svg: barChart({
          title: "Scores and vectors of phrases",
          unit: "percent",
          bars,
          digits: 1,
          most: 100,
        }),
        alternative: "Bars of the shares told apart and related; the table has the numbers",
      },
    ],
    verdict: phraseVerdict(result),
    notes: [
      "A shuffled pair has the target of another phrase with the same number of words, so that the length reveals nothing. The paper scores the phrase table of a translation system and evaluates its BLEU; there is no such system here.",
      "Two phrases are related if their translations share a word although the phrases themselves share none: a common word brings phrases close together even in a model that has learned nothing. Frequent words in the translations make random phrases related too, so these are counted for comparison.",
    ],
  };
}

/** Cho et al. (2014), sections 3.1 and 4.4. */
export const phrases: Experiment = {
  about: {
    name: "phrases",
    title: "Scores and vectors of phrases",
    claim:
      "The RNN Encoder–Decoder scores good phrase pairs above bad ones, and places phrases with similar meaning close together.",
    paper: { label: "Cho et al. 2014, §3.1, §4.4", address: "https://arxiv.org/abs/1406.1078" },
  },
  intended: { minutes: 18, seeds: 2 },
  trainings: phraseSides.length,
  run,
};
