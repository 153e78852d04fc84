/** @file Folders and files that the reader drops or chooses, as `lab/exchange` takes them. */

import type { Given, GivenFile } from "../../lab/exchange/givenModel.ts";
import { TranslatedError } from "../text/faults.ts";

/** The largest zip archive that is read at all. */
const mostBytes = 1e9;
/** The most files of a folder that are looked at. */
const mostFiles = 20_000;

/** Whether something is dragged that may be a model: files or folders, not text of a page. */
export function holdsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes("Files") ?? false;
}

/** What was dropped: a folder, a zip archive, or the files of a model. Throws an error for `faultWords`. */
export async function givenInDrop(data: DataTransfer): Promise<Given> {
  // The list is empty as soon as the event is over.
  const entries = Array.from(data.items, (item) => item.webkitGetAsEntry?.()).filter(
    (entry) => entry != null,
  );
  const files = [...data.files];
  if (entries.some(({ isDirectory }) => isDirectory)) {
    const found: GivenFile[] = [];
    for (const entry of entries) await collect(entry, entry.name, found);
    return { name: entries[0]?.name ?? "", files: found };
  }
  return givenInFiles(files);
}

/** What was chosen: the files of a folder, with their paths in it; a zip archive; or the files of a model. */
export async function givenInFiles(chosen: Iterable<File>): Promise<Given> {
  const files = [...chosen];
  const [first] = files;
  if (files.length === 1 && first && first.webkitRelativePath === "") return givenFile(first);
  const paths = files.map(({ webkitRelativePath, name }) => webkitRelativePath || name);
  const folder = paths[0]?.includes("/") ? (paths[0].split("/")[0] as string) : "";
  return {
    name: folder || (first?.name ?? ""),
    files: files.map((file, index) => givenOf(file, paths[index] as string)),
  };
}

/** One file: an archive; anything else is refused with a sentence. */
async function givenFile(file: File): Promise<Given> {
  const start = new Uint8Array(await readOf(file.slice(0, 4), file.name));
  const isArchive = start[0] === 0x50 && start[1] === 0x4b;
  if (!isArchive && !/\.zip$/i.test(file.name)) {
    return { name: file.name, files: [givenOf(file, file.name)] };
  }
  if (file.size > mostBytes) throw tooLarge(file.name);
  const { givenArchive } = await import("./givenReader.ts");
  return givenArchive(new Uint8Array(await readOf(file, file.name)), file.name);
}

function givenOf(file: File, path: string): GivenFile {
  return { path, bytes: file.size, read: async () => new Uint8Array(await readOf(file, path)) };
}

async function readOf(file: Blob, name: string): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TranslatedError({
      en: `${name} could not be read (${reason}); check that it is still there and that you may read it.`,
      zh: `无法读取 ${name}（${reason}）；请确认它还在，而且你有权读取。`,
    });
  }
}

const tooLarge = (name: string): TranslatedError =>
  new TranslatedError({
    en: `${name} is larger than ${mostBytes / 1e6} MB; give the folder of the model instead.`,
    zh: `${name} 超过了 ${mostBytes / 1e6} MB；请改为给出模型的文件夹。`,
  });

/** Lists the files of a folder that was dropped, with their paths. */
async function collect(entry: FileSystemEntry, path: string, found: GivenFile[]): Promise<void> {
  if (found.length > mostFiles) {
    throw new TranslatedError({
      en: `The folder has more than ${mostFiles.toLocaleString("en-US")} files; give the folder of one model.`,
      zh: `这个文件夹里有超过 ${mostFiles.toLocaleString("en-US")} 个文件；请只给出一个模型的文件夹。`,
    });
  }
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    found.push(givenOf(file, path));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives some at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return;
    for (const each of some) await collect(each, `${path}/${each.name}`, found);
  }
}
