/** @file The recipe of a model that the studio shows, from its declaration: mix, train, export, card. */

import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readPairs } from "../src/data/node/readPairs.ts";
import type { CardData, CardText, PageLanguage } from "../src/modelFolder/card.ts";
import { UserError } from "../src/tensor/errors.ts";
import { everydaySentences, writeEveryday } from "./everyday.ts";
import type { Command, Recipe, RecipeOptions } from "./recipe.ts";
import { count, type Row, writeTable } from "./tables.ts";
import { asTyped, type TypedLanguage } from "./typedText.ts";
import { paths, writeText } from "./workFolder.ts";

/** How much of a set an epoch takes, and how much in the last part of the run. */
export interface Share {
  readonly weight: number;
  readonly finish: number;
}

/** A corpus of a model: a file in the folder of `--corpora`. */
export interface StudioCorpus extends Share {
  readonly file: string;
  /** Whether its sources also occur as people type them. */
  readonly isTyped?: boolean;
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

/** A sentence, its meaning in English, and in Chinese; empty where it is in that language itself. */
export type CardExample = readonly [text: string, english: string, chinese: string];

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
      await writeTable(work, "typed", paired.typed);
      await writeTable(work, "article", model.article.rows.map(inFileOrder(model)));
      await writeTable(work, "watch", model.watch.map(inFileOrder(model)));
      await writeText(cardPath(work), `${JSON.stringify(cardOf(model, paired.pairs), null, 2)}\n`);
      return [
        ...model.corpora.map(
          ({ file, weight, finish }, index) =>
            `${file}: ${count(paired.pairs[index] as number)} pairs, weight ${weight}, in the end ${finish}`,
        ),
        `${count(paired.typed.length)} of them also as people type, weight ${model.typed.weight}, in the end ${model.typed.finish}`,
      ];
    },
    training(options) {
      const { work } = options;
      const sets = [
        ...model.corpora.map((corpus) => ({ ...corpus, path: pathOf(options, corpus.file) })),
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
      const out = paths.exported(work);
      // An earlier export is of other weights if the training went on.
      await rm(out, { recursive: true, force: true });
      const files = ["--model", paths.model(work), "--out", out, "--card", cardPath(work)];
      const measured = ["--data", pathOf(options, model.dev), ...columns, "--beam", "5"];
      const exported = await runner.run(["export", ...files, "--weights", "int8", ...measured]);
      if (exported !== 0) return exported;
      const sentences = everydaySentences(model.everyday);
      const input = join(paths.data(work), "everyday.txt");
      return writeEveryday({ model: out, sentences, input }, runner);
    },
    evaluations: (options) =>
      [model.dev, ...model.measured].flatMap((file) =>
        ["1", "5"].map((beam): Command => {
          const data = ["--data", pathOf(options, file), ...columns];
          return ["evaluate", ...data, "--beam", beam, "--metrics", "bleu,chrf"];
        }),
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

const cardPath = (work: string): string => join(work, "card.json");

/** A pair in the order of the columns of the corpora. */
function inFileOrder({ columns }: StudioModel): (row: Row) => Row {
  return ([source, target]) => (columns[0] === 1 ? [source, target] : [target, source]);
}

/** Counts the pairs of each corpus, and finds those whose sources people type otherwise. */
async function readCorpora(
  model: StudioModel,
  options: RecipeOptions,
): Promise<{ readonly pairs: number[]; readonly typed: Row[] }> {
  const [source, target] = model.columns.map(String) as [string, string];
  const typed: Row[] = [];
  const pairs: number[] = [];
  const ordered = inFileOrder(model);
  // The dev sets must be there, too.
  for (const file of [model.dev, ...model.measured]) pathOf(options, file);
  for (const { file, isTyped = false } of model.corpora) {
    let found = 0;
    const path = pathOf(options, file);
    for await (const pair of readPairs({ kind: "table", path, columns: [source, target] })) {
      found++;
      const other = isTyped ? asTyped(pair.source, model.typed.language) : null;
      if (other !== null) typed.push(ordered([other, pair.target]));
    }
    pairs.push(found);
  }
  return { pairs, typed };
}

function cardOf(model: StudioModel, pairs: readonly number[]): Partial<CardText> {
  const { name, version, languages, corpora, notes, examples, chinese, opensIn } = model;
  const { source, target } = languages;
  const inChinese = { source: chineseNames[source], target: chineseNames[target] };
  const titleEnd = chinese.titleEnd === undefined ? "" : `，${chinese.titleEnd}`;
  return {
    title: titleOf(model),
    languages,
    data: corpora.map(({ from }, index) => ({ ...from, pairs: pairs[index] as number })),
    command: `npm run recipe -- studio/${name}`,
    notes: `Recipe studio/${name}, version ${version}. ${notes}`,
    examples: examples.map(([text]) => text),
    meanings: examples.map(([, english]) => english),
    zh: {
      title: `${inChinese.source} → ${inChinese.target}${titleEnd}`,
      languages: inChinese,
      notes: `配方 studio/${name}，第 ${version} 版。${chinese.notes}`,
      meanings: examples.map(([, , meaning]) => meaning),
    },
    ...(opensIn && { opensIn }),
  };
}
