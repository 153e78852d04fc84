/** @file Finds and checks the model in a folder or an archive that someone hands over. */

import { parseJson } from "../../files/json.ts";
import { openZip, type ZipLimits } from "../../files/zip.ts";
import { cardFile, cardOf, type ModelCard, picturesOf } from "../../modelFolder/card.ts";
import { evaluationFile } from "../../modelFolder/evaluationRecord.ts";
import type { StoredModel } from "../../modelFolder/modelFolder.ts";
import { modelFiles, modelOf, tokenizerFiles } from "../../modelFolder/modelFolder.ts";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { type Sample, samplesOf } from "../../modelFolder/samples.ts";
import { trainingRecords } from "../../modelFolder/trainingRecords.ts";
import { UserError } from "../../tensor/errors.ts";
import { sampleFiles } from "../../training/storage/runStorage.ts";
import type { LabFiles } from "../messages.ts";
import { GivenError, type GivenFault } from "./givenFault.ts";

/** A file of what is handed over: it is not read before it is known to be wanted. */
export interface GivenFile {
  /** Its path in the folder or the archive, parted by "/". */
  readonly path: string;
  readonly bytes: number;
  /** Reads it. Throws a UserError if it cannot be read. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** A folder or an archive as it is handed over. */
export interface Given {
  readonly name: string;
  readonly files: readonly GivenFile[];
}

/** A model that was handed over, checked. */
export interface GivenModel {
  readonly name: string;
  readonly model: StoredModel;
  /** What a page needs of its folder, by path: the model, its card and pictures, and its records. */
  readonly files: LabFiles;
  readonly card: ModelCard | null;
  /** Pairs of its data, if its run kept some. */
  readonly samples: readonly Sample[];
  /** All files of its folder. */
  readonly folder: Given;
}

/** The four files that make a model, that of its configuration first. */
export const wantedFiles: readonly string[] = [
  modelFiles.config,
  modelFiles.weights,
  tokenizerFiles.source,
  tokenizerFiles.target,
];

/** Records that a page shows; it can do without them. */
const records: readonly string[] = [evaluationFile, ...Object.values(trainingRecords)];

/** The largest weights, and the largest record, that a page opens, in bytes. */
const mostBytes = { weights: 1e9, record: 20e6 };

/**
 * Takes a zip archive as a folder.
 *
 * @throws ZipError if it is no archive, is damaged, or holds too much.
 */
export function givenArchive(bytes: Uint8Array, name: string, limits?: ZipLimits): Given {
  const files = openZip(bytes, name, limits).map(
    ({ path, bytes, read }): GivenFile => ({ path, bytes, read: async () => read() }),
  );
  return { name, files };
}

/**
 * Finds the model in what was handed over, which may lie some folders deep, and reads it.
 *
 * @throws GivenError, ZipError or UserError naming what is missing, damaged or foreign.
 */
export async function readGivenModel(given: Given): Promise<GivenModel> {
  const folder = modelFolderIn(given);
  const read = (file: string): Promise<Uint8Array<ArrayBuffer>> => readFile(folder, file);
  await checkOwn(folder);
  const missing = wantedFiles.find((file) => !has(folder, file));
  if (missing) throw new GivenError(folder.name, { kind: "missing", file: missing });
  const [config, weights, source, target] = (await Promise.all(wantedFiles.map(read))) as [
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>,
  ];
  const model = modelOf({ config, weights, source, target }, (file) => `${folder.name}/${file}`);
  const files = new Map([
    [modelFiles.config, config],
    [modelFiles.weights, weights],
    [tokenizerFiles.source, source],
    [tokenizerFiles.target, target],
  ]);
  const card = await cardIn(folder);
  const extras = [...records, ...(card ? [cardFile, ...picturesOf({ ...card })] : [])];
  for (const file of extras) {
    const bytes = await smallFile(folder, file);
    if (bytes) files.set(file, bytes);
  }
  const samples = model.sizes.sourceInput === "features" ? [] : await samplesIn(folder);
  return { name: folder.name, model, files, card, samples, folder };
}

/** What a list of models says of it. */
export function entryOfGiven(
  { name, card, samples, files, model }: GivenModel,
  path: string,
): ModelEntry {
  const has = (file: string): boolean => files.has(file);
  return {
    name,
    path,
    title: card?.title ?? name,
    ...(card && { card: { ...card, languages: card.languages ?? {} } }),
    ...(samples.length > 0 && { samples }),
    sizes: model.sizes,
    hasTraining: has(trainingRecords.metrics) || has(trainingRecords.watched),
    hasMetrics: has(trainingRecords.metrics),
    hasWatched: has(trainingRecords.watched),
    hasEvaluation: has(evaluationFile),
    bytes: files.get(modelFiles.weights)?.length ?? 0,
  };
}

/** The folder of the only model in what was handed over. */
function modelFolderIn(given: Given): Given {
  const files = given.files.filter(({ path }) => !isLeftover(path));
  const refuse = (fault: GivenFault): never => {
    throw new GivenError(given.name, fault);
  };
  if (files.length === 0) return refuse({ kind: "empty" });
  const folders = topmost(
    files
      .filter(({ path }) => wantedFiles.includes(nameOf(path)))
      .map(({ path }) => folderOf(path)),
  );
  const complete = folders.filter((folder) =>
    files.some(({ path }) => path === `${folder}${modelFiles.config}`),
  );
  const candidates = complete.length > 0 ? complete : folders;
  if (candidates.length > 1) {
    const names = candidates.map((folder) => folder.replace(/\/$/, ""));
    return refuse({ kind: "several", folders: names.sort().slice(0, 5) });
  }
  const [root] = candidates;
  if (root === undefined) return refuse(withoutModel(files));
  return {
    name: nameOf(root.replace(/\/$/, "")) || given.name.replace(/\.zip$/i, ""),
    files: files
      .filter(({ path }) => path.startsWith(root))
      .map((file) => ({
        path: file.path.slice(root.length),
        bytes: file.bytes,
        read: () => file.read(),
      })),
  };
}

/** What is there where no file has the name of one of a model's. */
function withoutModel(files: readonly GivenFile[]): GivenFault {
  const find = (pattern: RegExp): string | undefined =>
    files.find(({ path }) => pattern.test(path))?.path;
  if (find(/(^|\/)training\/options\.json$/)) return { kind: "early" };
  const pickle = find(/\.(pt|pth|ckpt|pkl|pickle|joblib|bin)$/i);
  if (pickle) return { kind: "pickle", file: pickle };
  const packed = find(/\.(tar|tgz|gz|bz2|xz|7z|rar|zst|zip)$/i);
  if (packed) return { kind: "packed", file: packed };
  const foreign = find(/\.(safetensors|onnx|h5|keras|pb|tflite|npz|gguf|t7)$/i);
  return foreign ? { kind: "foreign", file: foreign } : { kind: "noModel" };
}

/** Refuses a configuration that another program wrote, which would otherwise lack files that only seq2see has. */
async function checkOwn(folder: Given): Promise<void> {
  if (!has(folder, modelFiles.config)) return;
  const name = `${folder.name}/${modelFiles.config}`;
  const config = parseJson(await readFile(folder, modelFiles.config), name);
  const { format } = (config ?? {}) as { readonly format?: unknown };
  if (format !== "seq2see") {
    throw new GivenError(folder.name, { kind: "foreign", file: modelFiles.config });
  }
}

/** Whether a file only belongs to the system that the folder lay on. */
const isLeftover = (path: string): boolean =>
  /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/.test(path);

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
/** The folder of a file with the "/" at its end; empty where there is none. */
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** The folders that lie in none of the others, such as the checkpoints of a run. */
function topmost(folders: readonly string[]): string[] {
  const all = [...new Set(folders)];
  return all.filter((folder) => !all.some((other) => other !== folder && folder.startsWith(other)));
}

/** A file of a folder; undefined if there is none. */
export function fileOf({ files }: Given, path: string): GivenFile | undefined {
  return files.find((file) => file.path === path);
}
const has = (folder: Given, path: string): boolean => fileOf(folder, path) !== undefined;

/**
 * Reads a file of a folder as a whole.
 *
 * @throws GivenError if it is missing, or too large for a page.
 */
export async function readFile(folder: Given, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = fileOf(folder, path);
  if (!file) throw new GivenError(folder.name, { kind: "missing", file: path });
  const most = mostBytes.weights;
  if (file.bytes > most) {
    throw new GivenError(folder.name, { kind: "large", file: path, bytes: file.bytes, most });
  }
  return file.read();
}

/** Reads a record that a page can do without; null if it is not there, or too large. */
async function smallFile(folder: Given, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = fileOf(folder, path);
  return file && file.bytes <= mostBytes.record ? file.read() : null;
}

/** Its card; null if there is none that can be read, as a page can do without it. */
async function cardIn(folder: Given): Promise<ModelCard | null> {
  const bytes = await smallFile(folder, cardFile);
  if (!bytes) return null;
  try {
    return cardOf(bytes, `${folder.name}/${cardFile}`);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

async function samplesIn(folder: Given): Promise<readonly Sample[]> {
  for (const file of sampleFiles) {
    const bytes = await smallFile(folder, file);
    const samples = bytes ? samplesOf(new TextDecoder().decode(bytes)) : [];
    if (samples.length > 0) return samples;
  }
  return [];
}
