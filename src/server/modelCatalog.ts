/** @file The models that the studio offers: their folders, descriptions and public files. */

import { existsSync } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseJson } from "../files/json.ts";
import { cardFile, isPicturePath, picturesOf } from "../modelFolder/card.ts";
import { evaluationFile } from "../modelFolder/evaluationRecord.ts";
import { modelFiles, tokenizerFiles } from "../modelFolder/modelFolder.ts";
import type { ModelEntry, ModelList } from "../modelFolder/modelList.ts";
import { noSuchModel, otherPlace } from "../modelFolder/nodeModelPlace.ts";
import { type Sample, samplesOf } from "../modelFolder/samples.ts";
import { trainingRecords } from "../modelFolder/trainingRecords.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { withEarlierDefaults } from "../models/options.ts";
import { UserError } from "../tensor/errors.ts";
import { isTraining } from "../training/node/lockFile.ts";
import { runPath } from "../training/node/runFolder.ts";
import { sampleFiles } from "../training/storage/runStorage.ts";
import type { FilePlace } from "./linkedFiles.ts";
import { placeOf } from "./linkedFiles.ts";

/** A model with its folder. */
export interface CatalogModel {
  readonly entry: ModelEntry;
  readonly folder: string;
}

/** Whether its card says in which language a page begins with the model. */
function opens({ entry: { card } }: CatalogModel): boolean {
  const languages = card?.["opensIn"];
  return Array.isArray(languages) && languages.length > 0;
}

const loadedFiles = [...Object.values(modelFiles), ...Object.values(tokenizerFiles)];

/** The files of a model's folder that are served and exported, besides the pictures that its card names. */
export const publicFiles: readonly string[] = [
  ...loadedFiles,
  cardFile,
  evaluationFile,
  ...Object.values(trainingRecords),
];

/** Which folders to offer. */
export interface CatalogOptions {
  /** Folders of models. */
  readonly models?: readonly string[];
  /** Folders whose subfolders are models; subfolders added later are offered as well. */
  readonly parents?: readonly string[];
}

/** The models on offer. They are read again at each call, because one may be in training. */
export class ModelCatalog {
  private readonly models: readonly string[];
  private readonly parents: readonly string[];

  constructor({ models = [], parents = [] }: CatalogOptions) {
    this.models = models.map((folder) => resolve(folder));
    this.parents = parents.map((folder) => resolve(folder));
  }

  /** Returns the answer of `/api/models`. */
  async list(): Promise<ModelList> {
    return { models: (await this.all()).map(({ entry }) => entry) };
  }

  /**
   * Returns all models: those named explicitly, then those that a page is to begin with in some language, then the
   * others, largest first; ties by name.
   */
  async all(): Promise<CatalogModel[]> {
    const folders = await this.folders();
    const models = await Promise.all(
      [...folders].map(async ([name, folder]) => ({ entry: await entryOf(name, folder), folder })),
    );
    const named = (model: CatalogModel): boolean => this.models.includes(model.folder);
    return [
      ...models.filter(named),
      ...models
        .filter((model) => !named(model))
        .sort((a, b) => Number(opens(b)) - Number(opens(a)) || b.entry.bytes - a.entry.bytes),
    ];
  }

  /** Returns a model, or undefined if none has that name. */
  async find(name: string): Promise<CatalogModel | undefined> {
    const folder = (await this.folders()).get(name);
    return folder === undefined ? undefined : { entry: await entryOf(name, folder), folder };
  }

  /** Returns the real path of a public file of a model; null with the reason if it is not public. */
  async pathOf(name: string, file: string): Promise<FilePlace> {
    const folder = (await this.folders()).get(name);
    const isPublic =
      folder !== undefined &&
      (publicFiles.includes(file) ||
        (isPicturePath(file) && picturesOf(await readObject(folder, cardFile)).includes(file)));
    return isPublic ? placeOf(folder, file) : { path: null, why: "missing" };
  }

  /** The folders by the names of their models. */
  private async folders(): Promise<Map<string, string>> {
    const found = [...this.models];
    for (const parent of this.parents) {
      const names = await readdir(parent).catch((): string[] => []);
      for (const name of names.sort()) {
        const folder = join(parent, name);
        if (!name.startsWith(".") && isModelFolder(folder) && !found.includes(folder)) {
          found.push(folder);
        }
      }
    }
    const folders = new Map<string, string>();
    for (const folder of found) folders.set(freeName(basename(folder) || "model", folders), folder);
    return folders;
  }
}

/**
 * Checks that a folder belongs to a model or a run.
 *
 * @throws UserError naming what is missing.
 */
export function checkModelFolder(folder: string): void {
  if (!existsSync(folder)) {
    throw noSuchModel(folder);
  }
  if (!isModelFolder(folder)) {
    throw new UserError(`${folder}: there is no config.json; ${otherPlace(folder)}.`);
  }
}

function isModelFolder(folder: string): boolean {
  return [modelFiles.config, "training"].some((name) => existsSync(join(folder, name)));
}

/** A free name: `name`, `name-2`, `name-3` … */
function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
  return free;
}

async function entryOf(name: string, folder: string): Promise<ModelEntry> {
  const has = async (file: string): Promise<boolean> => (await placeOf(folder, file)).path !== null;
  const [card, config, sizes, ...found] = await Promise.all([
    readObject(folder, cardFile),
    readObject(folder, modelFiles.config),
    Promise.all(loadedFiles.map((file) => sizeOf(folder, file))),
    ...["training", trainingRecords.metrics, trainingRecords.watched, evaluationFile].map(has),
  ]);
  const [hasTraining = false, hasMetrics = false, hasWatched = false, hasEvaluation = false] =
    found;
  const title = card?.["title"];
  const isComplete = !sizes.includes(null) && config?.["format"] === "seq2see";
  const readsTexts = isComplete && (config["model"] as ModelSizes).sourceInput !== "features";
  const samples = readsTexts ? await samplesIn(folder) : [];
  return {
    name,
    path: `models/${encodeURIComponent(name)}`,
    ...(typeof title === "string" && { title }),
    ...(card && { card }),
    ...(samples.length > 0 && { samples }),
    sizes: isComplete ? (withEarlierDefaults(config["model"] ?? null) as ModelSizes | null) : null,
    hasTraining,
    hasMetrics,
    hasWatched,
    isTraining: isTraining(runPath(folder, "lock")),
    hasEvaluation,
    bytes: sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
  };
}

/** How much is read of a record, in bytes. */
const sampleBytes = 65_536;

/** The pairs that a page may begin with. */
async function samplesIn(folder: string): Promise<Sample[]> {
  for (const file of sampleFiles) {
    const { path } = await placeOf(folder, file);
    const samples = path === null ? [] : samplesOf(await beginningOf(path).catch(() => ""));
    if (samples.length > 0) return samples;
  }
  return [];
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The size of a file of a folder; null if it does not exist. */
async function sizeOf(folder: string, file: string): Promise<number | null> {
  const { path } = await placeOf(folder, file);
  return path === null ? null : (await stat(path)).size;
}

/** The maximum size in bytes of a file that is part of the list. */
const mostBytes = 1_048_576;

/**
 * Reads a JSON object that a page can do without; null if it is not one. The result is also null if it is too large
 * or too deep for a list, or not a file: one bad folder must not affect the others.
 */
async function readObject(
  folder: string,
  file: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const { path } = await placeOf(folder, file);
    if (path === null) return null;
    const found = await stat(path);
    if (!found.isFile() || found.size > mostBytes) return null;
    const value = parseJson(await readFile(path), path);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
