/** @file The recipe of a model that the studio shows, from its declaration: mix, train, export, card. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { readPairs } from "../src/data/node/readPairs.ts";
import type { CardData, PageLanguage } from "../src/modelFolder/card.ts";
import { UserError } from "../src/tensor/errors.ts";
import { everydaySentences, writeEveryday } from "./everyday.ts";
import { type GeneratedLanguage, generatedPairs } from "./generated/generatedPairs.ts";
import type { Command, Recipe, RecipeOptions } from "./recipe.ts";
import {
  type CardExample,
  type PairOptions,
  type ShippedCard,
  ship,
  writeCard,
} from "./shipped.ts";
import { count, type Row, writeTable } from "./tables.ts";
import { asTyped, type TypedLanguage } from "./typedText.ts";
import { paths } from "./workFolder.ts";

/** How much of a set an epoch takes, and how much in the last part of the run. */
export interface Share {
  readonly weight: number;
  readonly finish: number;
}

/** A corpus of a model: a file in the folder of `--corpora`. */
export interface StudioCorpus extends Share {
  readonly file: string;
  /** Whether it has everyday sentences: they also occur as people type them, and with other names and numbers. */
  readonly isEveryday?: boolean;
  /** Its origin for the card. */
  readonly from: Omit<CardData, "pairs">;
}

/** All that makes a model: its data, its training and its card. */
export interface StudioModel {
  readonly name: string;
  /** Raised with every change that makes another model. */
  readonly version: number;
  /** What the title says besides the languages. */
  readonly titleEnd?: string;
  readonly languages: { readonly source: StudioLanguage; readonly target: StudioLanguage };
  /** The columns of source and target in all files. */
  readonly columns: readonly [source: 1 | 2, target: 1 | 2];
  readonly corpora: readonly StudioCorpus[];
  /** The language of the sources, and the share of sentences as people type them. */
  readonly typed: Share & { readonly language: TypedLanguage };
  /** Pairs about names, numbers and times; half of them are everyday sentences with others put in. */
  readonly generated: Share & { readonly language: GeneratedLanguage; readonly count: number };
  /** What people say all the time. */
  readonly phrases: Share & { readonly rows: readonly Row[] };
  /** Pairs of the article and of the studio's first screens, which must be right. */
  readonly article: Share & { readonly rows: readonly Row[] };
  /** Pairs that each evaluation records. */
  readonly watch: readonly Row[];
  readonly dev: string;
  /** Further sets to measure. */
  readonly measured: readonly string[];
  /** The everyday sentences that the exported model translates; see `everydaySentences`. */
  readonly everyday: string;
  /** Options of train besides those of the data. */
  readonly training: Command;
  readonly notes: string;
  /** Sentences to begin with, each with its meaning in the languages of the page. */
  readonly examples: readonly CardExample[];
  /** What the card says in Chinese besides the languages. */
  readonly chinese: { readonly notes: string; readonly titleEnd?: string };
  /** The languages of a page that begins with this model. */
  readonly opensIn?: readonly PageLanguage[];
}

/** The languages of the models in Chinese. */
const chineseNames = { Chinese: "中文", English: "英语", French: "法语" } as const;
export type StudioLanguage = keyof typeof chineseNames;

const defaultFolder = "../shared/data";

/** The recipe of a model. */
export function studioRecipe(model: StudioModel): Recipe {
  const name = `studio/${model.name}`;
  const columns = ["--columns", model.columns.join(",")];
  return {
    name,
    summary: `${titleOf(model)}: a model of the studio; files of --corpora`,
    minutes: null,
    hasCorpora: true,
    origin: (options) => `${folderOf(options)} for ${name}, version ${model.version}`,
    async prepare(options) {
      const paired = await readCorpora(model, options);
      const { work } = options;
      await writeTable(work, "generated", paired.generated);
      await writeTable(work, "phrases", paired.phrases);
      await writeTable(work, "typed", paired.typed);
      await writeTable(work, "article", model.article.rows.map(inFileOrder(model)));
      await writeTable(work, "watch", model.watch.map(inFileOrder(model)));
      await writeCard(work, cardOf(model, paired));
      return [
        ...model.corpora.map(
          ({ file, weight, finish }, index) =>
            `${file}: ${count(paired.pairs[index] as number)} pairs, weight ${weight}, in the end ${finish}`,
        ),
        `${count(paired.generated.length)} about names, numbers and times, weight ${model.generated.weight}, in the end ${model.generated.finish}`,
        `${count(paired.phrases.length)} usual phrases, weight ${model.phrases.weight}, in the end ${model.phrases.finish}`,
        `${count(paired.typed.length)} of them also as people type, weight ${model.typed.weight}, in the end ${model.typed.finish}`,
      ];
    },
    training(options) {
      const { work } = options;
      const sets = [
        ...model.corpora.map((corpus) => ({ ...corpus, path: pathOf(options, corpus.file) })),
        { ...model.generated, path: paths.table(work, "generated") },
        { ...model.phrases, path: paths.table(work, "phrases") },
        { ...model.typed, path: paths.table(work, "typed") },
        { ...model.article, path: paths.table(work, "article") },
      ];
      return [
        ...sets.flatMap(({ path }) => ["--data", path]),
        ...["--weights", sets.map(({ weight }) => weight).join(",")],
        ...["--finish-weights", sets.map(({ finish }) => finish).join(",")],
        ...columns,
        ...["--dev", pathOf(options, model.dev), "--watch", paths.table(work, "watch")],
        ...model.training,
      ];
    },
    async finish(options, runner) {
      const { work } = options;
      const sets = setsOf(model, options);
      const shipped = await ship(work, { compared: sets[0], recorded: sets }, runner);
      if (shipped !== 0) return shipped;
      const sentences = everydaySentences(model.everyday);
      const input = join(paths.data(work), "everyday.txt");
      return writeEveryday({ model: paths.exported(work), sentences, input }, runner);
    },
    evaluations: (options) =>
      setsOf(model, options).flatMap((set) =>
        ["1", "5"].map((beam) => ["evaluate", ...set, "--beam", beam, "--metrics", "bleu,chrf"]),
      ),
  };
}

function titleOf({ languages: { source, target }, titleEnd }: StudioModel): string {
  return `${source} → ${target}${titleEnd === undefined ? "" : `, ${titleEnd}`}`;
}

function folderOf({ corpora = defaultFolder }: RecipeOptions): string {
  return corpora;
}

function pathOf(options: RecipeOptions, file: string): string {
  const path = join(folderOf(options), file);
  if (existsSync(path)) return path;
  throw new UserError(
    `--corpora ${folderOf(options)}: ${file} is missing; give the folder that contains it (docs/recipes.md lists its files).`,
  );
}

/** The dev set and the further sets, as options. */
function setsOf(
  model: StudioModel,
  options: RecipeOptions,
): readonly [PairOptions, ...PairOptions[]] {
  const columns = ["--columns", model.columns.join(",")];
  const setOf = (file: string): PairOptions => ["--data", pathOf(options, file), ...columns];
  return [setOf(model.dev), ...model.measured.map(setOf)];
}

/** A pair in the order of the columns of the corpora. */
function inFileOrder({ columns }: StudioModel): (row: Row) => Row {
  return ([source, target]) => (columns[0] === 1 ? [source, target] : [target, source]);
}

/** What a model learns from, besides the files as they are. */
interface Paired {
  /** The number of pairs of each corpus. */
  readonly pairs: readonly number[];
  readonly generated: readonly Row[];
  readonly phrases: readonly Row[];
  readonly typed: readonly Row[];
}

/** Counts the pairs of each corpus, generates others, and finds those whose sources people type otherwise. */
async function readCorpora(model: StudioModel, options: RecipeOptions): Promise<Paired> {
  // The dev sets must be there, too.
  const measured = await measuredTexts(model, options);
  const everyday: Row[] = [];
  const pairs: number[] = [];
  for (const { file, isEveryday = false } of model.corpora) {
    let found = 0;
    for await (const row of rowsOf(model, pathOf(options, file))) {
      found++;
      if (isEveryday) everyday.push(row);
    }
    pairs.push(found);
  }
  const isMeasured = (text: string): boolean => measured.has(bareText(text));
  const generated = generatedPairs(
    { ...model.generated, seed: 1, corpusShare: 0.5 },
    everyday,
    isMeasured,
  );
  const phrases = model.phrases.rows.filter((row) => !row.some(isMeasured));
  const [source] = model.columns;
  const typed = [...everyday, ...generated, ...phrases].flatMap((row): Row[] => {
    const other = asTyped(row[source - 1] as string, model.typed.language);
    if (other === null) return [];
    return [source === 1 ? [other, row[1]] : [row[0], other]];
  });
  return { pairs, generated, phrases, typed };
}

/** The pairs of a file, in the order of its columns. */
async function* rowsOf(model: StudioModel, path: string): AsyncGenerator<Row> {
  const ordered = inFileOrder(model);
  const [source, target] = model.columns.map(String) as [string, string];
  for await (const pair of readPairs({ kind: "table", path, columns: [source, target] })) {
    yield ordered([pair.source, pair.target]);
  }
}

/** The texts of the sets that measure the model, of both languages, and the everyday sentences, as bare words. */
async function measuredTexts(model: StudioModel, options: RecipeOptions): Promise<Set<string>> {
  const texts = new Set<string>();
  const files = [model.dev, ...model.measured].map((file) => pathOf(options, file));
  for (const path of files) {
    for await (const row of rowsOf(model, path)) for (const text of row) texts.add(bareText(text));
  }
  const path = everydaySentences(model.everyday);
  const columns: [string, string] = ["source", "reference"];
  for await (const { source } of readPairs({ kind: "table", path, columns })) {
    texts.add(bareText(source));
  }
  return texts;
}

/** A text without capitals and punctuation. */
function bareText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function cardOf(model: StudioModel, { pairs, generated }: Paired): ShippedCard {
  const { name, version, languages, corpora, notes, examples, chinese, opensIn } = model;
  const inChinese = {
    source: chineseNames[languages.source],
    target: chineseNames[languages.target],
  };
  const titleEnd = chinese.titleEnd === undefined ? "" : `，${chinese.titleEnd}`;
  return {
    ...{ recipe: `studio/${name}`, version, languages, notes, examples, opensIn },
    title: titleOf(model),
    data: [
      ...corpora.map(({ from }, index) => ({ ...from, pairs: pairs[index] as number })),
      {
        name: "Pairs about names, numbers and times, generated by the recipe; half of them are everyday sentences above, with others put in",
        licence: "as the sentences; MIT otherwise",
        attribution: "seq2see",
        pairs: generated.length,
      },
    ],
    chinese: {
      title: `${inChinese.source} → ${inChinese.target}${titleEnd}`,
      languages: inChinese,
      notes: chinese.notes,
    },
  };
}
