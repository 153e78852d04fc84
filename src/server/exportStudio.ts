/** @file The studio as a folder of plain files, for any static file server. */

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { mkdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { writeFolderAtomically } from "../files/nodeFiles.ts";
import { picturesOf } from "../modelFolder/card.ts";
import { modelFiles, tokenizerFiles } from "../modelFolder/modelFolder.ts";
import { readModelFiles } from "../modelFolder/nodeModelFolder.ts";
import { OptionError } from "../options/optionError.ts";
import { UserError } from "../tensor/errors.ts";
import { isInside, placeOf } from "./linkedFiles.ts";
import type { ModelCatalog } from "./modelCatalog.ts";
import { publicFiles } from "./modelCatalog.ts";
import { runtimeBytes, runtimeFiles, runtimeFolder } from "./runtimeFiles.ts";

/** The file that marks an earlier export, which may be replaced. */
export const exportMark = "seq2see-studio.json";

/** What to export. */
export interface ExportOptions {
  readonly catalog: ModelCatalog;
  /** The folder of the built page. */
  readonly page: string;
  readonly version: string;
}

/** The result of an export. */
export interface ExportResult {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes the page, the models and everything they need into a folder. The files of an earlier export are replaced all at
 * once, when the new ones are complete; what else lies in the folder stays.
 *
 * @throws UserError if the folder contains something else or cannot be written, or a model is damaged.
 */
export async function exportStudio(folder: string, options: ExportOptions): Promise<ExportResult> {
  const isReplaced = checkTarget(folder, options.page);
  // A link to a folder stays one.
  const target = isReplaced ? realpathSync(folder) : resolve(folder);
  const files = await filesOf(options);
  if (isReplaced) await replaceFolder(target, files);
  else await writeFolderAtomically(target, contentOf(files));
  // Also what a killed program left there.
  await takeOver(besideOf(target, "old-export"), target);
  const sizes = [...files.values()].map((file) =>
    typeof file === "string" ? statSync(file).size : file.length,
  );
  return { files: files.size, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** The files of an export: for each path in it, the path of the original or the content. */
type ExportFiles = ReadonlyMap<string, string | Uint8Array>;

async function filesOf({ catalog, page, version }: ExportOptions): Promise<ExportFiles> {
  const files = new Map<string, string | Uint8Array>();
  // The export writes these itself, whatever the page's folder contains.
  const own = new Set(["models", "models.json", "onnxruntime", exportMark]);
  for (const path of readdirSync(page, { recursive: true, encoding: "utf8" })) {
    const name = path.split(sep).join("/");
    const isOwn = own.has(name.split("/")[0] as string);
    const isHidden = name.split("/").some((part) => part.startsWith("."));
    if (!isOwn && !isHidden && statSync(join(page, path)).isFile())
      files.set(name, join(page, path));
  }
  for (const name of runtimeFiles) files.set(`onnxruntime/${name}`, join(runtimeFolder(), name));
  const models = await catalog.all();
  for (const { entry, folder } of models) {
    const loaded = entry.sizes ? await loadedFiles(folder) : new Map<string, Uint8Array>();
    for (const file of [...publicFiles, ...picturesOf(entry.card)]) {
      const place = await placeOf(folder, file);
      if (place.path !== null) {
        files.set(`models/${entry.name}/${file}`, loaded.get(file) ?? place.path);
      } else if (place.why === "outside") {
        throw new UserError(
          `${join(folder, file)}: this is a link that leads out of the model's folder, and is not exported; put the file in its place, or remove it.`,
        );
      }
    }
  }
  files.set(
    "models.json",
    json({
      models: models.map(({ entry }) => ({ ...entry, isTraining: false })),
      runtimeBytes: runtimeBytes(),
    }),
  );
  const names = [...files.keys(), exportMark];
  const mark = { format: "seq2see-studio", version: 2, seq2see: version, files: names };
  files.set(exportMark, json(mark));
  return files;
}

/** The files of a model, read consistently because it may be replaced during the export. */
async function loadedFiles(folder: string): Promise<Map<string, Uint8Array>> {
  const { files } = await readModelFiles(folder);
  return new Map([
    [modelFiles.config, files.config],
    [modelFiles.weights, files.weights],
    [tokenizerFiles.source, files.source],
    [tokenizerFiles.target, files.target],
  ]);
}

const json = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/** The content of the files, each read when it is needed. */
function contentOf(files: ExportFiles): Map<string, Iterable<Uint8Array>> {
  const content = new Map<string, Iterable<Uint8Array>>();
  for (const [name, file] of files) {
    content.set(name, typeof file === "string" ? contentAt(file) : [file]);
  }
  return content;
}

function* contentAt(path: string): Generator<Uint8Array> {
  yield readFileSync(path);
}

/**
 * Checks that exporting to a folder destroys nothing.
 *
 * @returns whether it contains an earlier export.
 * @throws UserError if it contains something else.
 */
function checkTarget(folder: string, page: string): boolean {
  const fail = (reason: string): never => {
    throw new OptionError({
      key: "export",
      value: folder,
      problem: reason,
      remedy: "give a new folder, an empty one or an earlier export",
    });
  };
  const target = resolve(folder);
  if (folder === "") fail("this is no name");
  if (isInside(target, process.cwd())) fail("this is the folder you are in, or one above it");
  if (isInside(resolve(page), target)) fail("this is in the folder of the page itself");
  if (!existsSync(target)) return false;
  if (!statSync(target).isDirectory()) fail("this is a file");
  const names = readdirSync(target);
  if (names.includes(exportMark)) {
    if (exportedFiles(target) === null) {
      fail(
        "an earlier version made this export and did not note its files, so that it cannot be told from yours",
      );
    }
    return true;
  }
  if (names.length > 0) fail(`the folder holds ${names.sort()[0]}, which is of no export`);
  return false;
}

async function replaceFolder(target: string, files: ExportFiles): Promise<void> {
  const [made, old] = [besideOf(target, "new-export"), besideOf(target, "old-export")];
  // Removes leftovers of a killed program; what is no part of an export comes back.
  await removeExport(made);
  await takeOver(old, target);
  await writeFolderAtomically(made, contentOf(files));
  try {
    await rename(target, old);
    await rename(made, target).catch(async (error: unknown) => {
      await rename(old, target);
      throw error;
    });
  } catch (error) {
    await removeExport(made);
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `${target}: the earlier export cannot be replaced (${code}); remove it, or give another folder.`,
      { cause: error },
    );
  }
}

/** A folder beside another, for a time. */
const besideOf = (target: string, word: string): string =>
  join(dirname(target), `.${basename(target)}.${word}`);

/** The files of an export, by its mark; null if that does not say. */
function exportedFiles(folder: string): readonly string[] | null {
  try {
    const mark = JSON.parse(readFileSync(join(folder, exportMark), "utf8"));
    const files: unknown = mark?.files;
    const isName = (name: unknown): boolean =>
      typeof name === "string" && !/(^|[/\\])\.\.?([/\\]|$)/.test(name);
    return Array.isArray(files) && files.every(isName) ? files : null;
  } catch {
    return null;
  }
}

/** Removes the files of an export, and the folders that they leave empty. */
async function removeExport(folder: string): Promise<void> {
  const files = exportedFiles(folder);
  if (!files) return;
  for (const file of files) await rm(join(folder, file), { force: true });
  for (const path of foldersIn(folder)) await rmdir(path).catch(() => {});
}

/** Moves what is no part of an earlier export into the new one's folder, and removes the rest. */
async function takeOver(old: string, target: string): Promise<void> {
  if (!existsSync(old)) return;
  await removeExport(old);
  if (!existsSync(old)) return;
  for (const entry of readdirSync(old, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const there = join(target, relative(old, path));
    // What the new export has itself is its own.
    if (!existsSync(path) || existsSync(there)) continue;
    await mkdir(dirname(there), { recursive: true });
    await rename(path, there);
  }
  for (const path of foldersIn(old)) await rmdir(path).catch(() => {});
}

/** A folder and those in it, the inner ones first. */
function foldersIn(folder: string): string[] {
  const inside = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return [...inside.sort((one, other) => other.length - one.length), folder];
}
