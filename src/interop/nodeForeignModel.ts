/** @file Makes a model folder's files of another program's weights on disk. */

import { dirname, isAbsolute, join } from "node:path";
import { parseJson } from "../files/json.ts";
import { readWholeFile } from "../files/nodeFiles.ts";
import { readBySchema } from "../files/schema.ts";
import { filesOfModel, modelInFiles } from "../modelFolder/modelFolder.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { nearest } from "../options/nearest.ts";
import { OptionError } from "../options/optionError.ts";
import type { ForeignArrays } from "./foreignArrays.ts";
import type { ForeignParts } from "./foreignModel.ts";
import { checkForeignModel, contentOf, weightCount } from "./foreignModel.ts";
import { ArraySizes } from "./layouts/layout.ts";
import { layouts } from "./layouts/registry.ts";
import type { ForeignVocabulary, Mapping } from "./mapping.ts";
import { mappingSchema } from "./mapping.ts";
import { readArrays } from "./nodeArrays.ts";
import type { TakenVocabulary } from "./vocabulary.ts";
import { takeVocabulary } from "./vocabulary.ts";

/** Where a model comes from. */
export interface ImportOptions {
  /** The file or folder with the weights. */
  readonly file: string;
  /** The name of a layout, or the path of a mapping file, which ends with `.json`. */
  readonly layout: string;
  /** Files of vocabularies in place of those that the mapping names. */
  readonly sourceVocabulary?: string;
  readonly targetVocabulary?: string;
}

/** A model ready to be written. */
export interface ImportedModel {
  /** The files of its folder by name. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly sizes: ModelSizes;
  /** The number of its weights. */
  readonly weights: number;
  /** What is not quite as in the program that it is from, in sentences. */
  readonly notices: readonly string[];
}

/**
 * Reads the weights and vocabularies of another program and makes a model of them; nothing is written.
 *
 * @throws UserError naming what is missing, damaged, left over, or of another shape.
 */
export async function importModel(options: ImportOptions): Promise<ImportedModel> {
  const parts = await readForeignParts(options);
  const model = checkForeignModel(parts);
  const files = filesOfModel(contentOf(model, parts), "float32");
  // What is written opens.
  modelInFiles(files, "import it again");
  const notices = [parts.source.notice, parts.target.notice].filter((notice) => notice !== null);
  return { files, sizes: model.sizes, weights: weightCount(model), notices };
}

/**
 * Reads everything that an import needs.
 *
 * @throws UserError naming the file that is missing or damaged.
 */
export async function readForeignParts(options: ImportOptions): Promise<ForeignParts> {
  const { layout, file } = options;
  const isFile = layout.endsWith(".json");
  if (!isFile && !Object.hasOwn(layouts, layout)) throw noLayout(layout);
  // A mistake in the mapping is found before large files are read.
  const read = isFile ? await readMapping(layout) : null;
  const arrays = await readArrays(file);
  const mapping = read ?? layoutMapping(layout, arrays, file);
  const folder = isFile ? dirname(layout) : ".";
  const vocabulary = (side: "source" | "target"): Promise<TakenVocabulary> =>
    readVocabulary(mapping.vocabularies[side], {
      side,
      layout,
      folder,
      given: side === "source" ? options.sourceVocabulary : options.targetVocabulary,
    });
  return {
    mapping,
    arrays,
    source: await vocabulary("source"),
    target: await vocabulary("target"),
    names: { mapping: layout, arrays: file },
  };
}

function noLayout(layout: string): OptionError {
  return new OptionError({
    key: "layout",
    value: layout,
    problem: "there is no such layout",
    remedy: `choose one of ${Object.keys(layouts).join(", ")}, or give a mapping file, whose name ends with .json`,
    suggestions: nearest(layout, Object.keys(layouts)),
  });
}

async function readMapping(path: string): Promise<Mapping> {
  const remedy = "correct the mapping file (docs/import.md has its form)";
  const json = parseJson(await readWholeFile(path), path, remedy);
  return readBySchema(mappingSchema, json, { name: path, remedy });
}

function layoutMapping(layout: string, arrays: ForeignArrays, file: string): Mapping {
  const found = layouts[layout];
  if (!found) throw noLayout(layout);
  return found.mapping(new ArraySizes(arrays, { layout, file }));
}

interface VocabularyPlace {
  readonly side: "source" | "target";
  /** The layout or the mapping file. */
  readonly layout: string;
  /** The folder of the mapping file. */
  readonly folder: string;
  /** A file that replaces the one of the mapping. */
  readonly given: string | undefined;
}

async function readVocabulary(
  specified: ForeignVocabulary,
  { side, layout, folder, given }: VocabularyPlace,
): Promise<TakenVocabulary> {
  const { tokens, ...others } = specified;
  const specification = given === undefined ? specified : { ...others, file: given };
  const { file, codes, tokens: own } = specification;
  if (file === undefined && codes === undefined && own === undefined) {
    throw new OptionError({
      key: `${side}Vocabulary`,
      problem: `${layout} does not say which tokens the ${side} has`,
      remedy: "give the file with them, in the order of their ids",
    });
  }
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const read of [file, codes]) {
    if (read === undefined) continue;
    const isOwn = read === given || isAbsolute(read);
    files.set(read, await readWholeFile(isOwn ? read : join(folder, read)));
  }
  return takeVocabulary({ specification, files, name: file ?? `${layout}: the ${side}` });
}
