/** @file The options that say where pairs of sentences are. */

import { z } from "zod";
import type { OptionValues, Values } from "../options/option.ts";
import { checkUses, defineOptions } from "../options/option.ts";
import { OptionError } from "../options/optionError.ts";
import type { PairSource } from "./pairs.ts";
import { describeSource, parseColumns } from "./pairs.ts";
import { tableFormats } from "./tables.ts";

/** A set of pairs: a file as an option names it, or all that is known of one. */
export type PairSet = string | PairSource;

/** Its schema. */
export const pairSet: z.ZodType<PairSet> = z
  .union([
    z.string(),
    z.object({
      kind: z.literal("table"),
      path: z.string(),
      columns: z.tuple([z.string(), z.string()]),
      format: z.enum(tableFormats).optional(),
    }),
    z.object({ kind: z.literal("aligned"), source: z.string(), target: z.string() }),
  ])
  .meta({ description: "a file, or pairs" });

/** A set that a run makes of its corpus. */
export interface HeldOutSet {
  readonly kind: "heldOut";
  /** The number of its pairs, once it is made. */
  readonly pairs?: number | undefined;
}

/** Pairs held out of the corpus, as an option or as a stored one. */
export const heldOutSet: z.ZodType<HeldOutSet> = z.object({
  kind: z.literal("heldOut"),
  pairs: z.int().min(1).optional(),
});

const ofTable = [
  {
    isUsed: ({ source, target }: Values): boolean => source === undefined && target === undefined,
    problem: "{source} and {target} have one sentence a line",
  },
  {
    isUsed: ({ data }: Values): boolean => [data].flat().some((set) => typeof set === "string"),
    problem: "only a table that {data} names by its file has it",
  },
];

/** The options of a set of pairs: a table, or two aligned files. */
export const pairOptions = defineOptions<Values>()({
  /** A table, or a set with its columns and format. */
  data: {
    schema: pairSet,
    otherNames:
      "train trainData trainSets trainFile trainPref trainPrefix corpus dataset pairs testData testSets testFile testPref validationData",
    group: "Pairs of sentences",
    argument: "file",
    help: "table of pairs, one a row: tab-separated, CSV or JSON Lines, plain or gzip; - for standard input",
    isBasic: true,
  },
  /** The source's and the target's column. */
  columns: {
    schema: z.string(),
    defaultText: "1,2",
    otherNames: "fields tsvFields srcColumn textColumn",
    group: "Pairs of sentences",
    argument: "source,target",
    help: "columns of {data}: numbers from 1, names in its first line, or fields of JSON Lines",
    isBasic: true,
    use: ofTable,
  },
  format: {
    schema: z.enum(tableFormats),
    defaultText: "by its ending .csv or .jsonl, else tsv",
    otherNames: "fileFormat dataType tsv",
    group: "Pairs of sentences",
    argument: "name",
    help: "format of {data}",
    use: ofTable,
  },
  source: {
    schema: z.string(),
    otherNames: "src srcFile sourceFile trainSrc inputSrc",
    group: "Pairs of sentences",
    argument: "file",
    help: "source sentences, one a line",
    isBasic: true,
  },
  target: {
    schema: z.string(),
    otherNames: "tgt trg ref targetFile tgtFile trainTgt",
    group: "Pairs of sentences",
    argument: "file",
    help: "target sentences, one a line",
    isBasic: true,
  },
});

/** The largest number of corpora of one training. */
export const mostCorpora = 16;

/** One set of pairs, or several that are trained on together. */
export const pairSets: z.ZodType<PairSet | readonly PairSet[]> = z
  .union([pairSet, z.array(pairSet).min(1).max(mostCorpora)])
  .meta({ description: `a file, or pairs; or a list of at most ${mostCorpora} of these` });

/** Options that say where pairs of sentences are. */
export type PairOptions = {
  readonly [Key in keyof typeof pairOptions]?: OptionValues<typeof pairOptions>[Key] | undefined;
};

/** The same, for what reads several sets as one. */
export type PairsOptions = Omit<PairOptions, "data"> & {
  readonly data?: PairSet | readonly PairSet[] | undefined;
};

/**
 * The pairs that options name: one table, or two aligned files.
 *
 * @throws OptionError if they name none or more than one, or an option has no effect on them.
 */
export function pairSource(options: PairOptions): PairSource {
  return pairSources(options)[0] as PairSource;
}

/**
 * The same for several tables, in their order.
 *
 * @throws OptionError as {@link pairSource}, or if a set is given twice.
 */
export function pairSources(options: PairsOptions): readonly PairSource[] {
  const { data, source, target } = options;
  if (data !== undefined && (source !== undefined || target !== undefined)) {
    throw new OptionError({
      key: "data",
      problem: "it is one file of pairs, {source} and {target} are two",
      remedy: "give one or the other",
    });
  }
  if (data !== undefined) {
    checkUses(pairOptions, options, options);
    const sources = listOf(data).map((set) =>
      typeof set === "string" ? table(set, options) : set,
    );
    checkDifferent(sources);
    return sources;
  }
  if (source === undefined || target === undefined) {
    throw new OptionError({
      key: "data",
      problem: "there are no pairs of sentences",
      remedy: "give {data} with a table, or {source} and {target} with a file each",
    });
  }
  checkUses(pairOptions, options, options);
  return [{ kind: "aligned", source, target }];
}

function checkDifferent(sources: readonly PairSource[]): void {
  // "./pairs.tsv" is "pairs.tsv".
  const plain = (path: string): string => path.replace(/^(\.\/+)+/, "").replace(/\/(\.?\/)+/g, "/");
  const names = sources.map((source) =>
    JSON.stringify(source, (_, value) => (typeof value === "string" ? plain(value) : value)),
  );
  const twice = sources.find((_, index) => names.indexOf(names[index] as string) < index);
  if (twice === undefined) return;
  throw new OptionError({
    key: "data",
    problem: `${describeSource(twice)} is given twice`,
    remedy: "give it once, and say how often with {weights}",
  });
}

function listOf(data: PairSet | readonly PairSet[]): readonly PairSet[] {
  return Array.isArray(data) ? (data as readonly PairSet[]) : [data as PairSet];
}

/**
 * The pairs of another set of the same form: one table, or two aligned files with a comma between.
 *
 * @param key the option that names the set.
 * @throws OptionError if it is one file where the other set is two.
 */
export function otherPairSource(
  key: string,
  set: PairSet | undefined,
  options: PairsOptions,
): PairSource | undefined {
  if (typeof set !== "string") return set;
  const [data] = options.data === undefined ? [] : listOf(options.data);
  if (typeof data === "string" || data?.kind === "table") return table(set, options);
  const [source, target, ...more] = set.split(",");
  if (source === undefined || target === undefined || more.length > 0) {
    throw new OptionError({
      key,
      value: set,
      problem: "with {source} and {target}, each set is two files",
      remedy: "give both with a comma between, SOURCE,TARGET",
    });
  }
  return { kind: "aligned", source, target };
}

function table(
  path: string,
  { columns = "1,2", format }: Pick<PairOptions, "columns" | "format">,
): PairSource {
  return { kind: "table", path, columns: parseColumns(columns), ...(format && { format }) };
}
