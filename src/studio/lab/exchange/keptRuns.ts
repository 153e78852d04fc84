/** @file Runs that are kept in this browser: a database of the page's own. Nothing leaves the browser. */

import type { BegunRun, History, LabFiles } from "../../../lab/messages.ts";
import type { LabSettings } from "../../../lab/settings.ts";
import { TranslatedError } from "../../text/faults.ts";
import type { Translated } from "../../text/translated.ts";

/** What a list says of a run that is kept. */
export interface KeptRun {
  /** What it is found by. */
  readonly name: string;
  /** What the page calls it; each is there once. Runs that an older page has kept have only their name. */
  readonly titles?: Translated<string>;
  readonly date: Date;
  readonly step: number;
  readonly bytes: number;
  /** The settings that it was begun with; null of a run that came from a folder. */
  readonly settings: LabSettings | null;
}

/** What a run goes on from. */
export interface KeptContent {
  readonly files: LabFiles;
  readonly history: History | null;
  readonly heldOut: BegunRun["shown"];
}

const database = "seq2see-lab";
const version = 1;
/** The list, and the contents by the names of the list. */
const [list, contents] = ["runs", "contents"];

/** The runs that are kept, the newest first. Throws an error for `faultWords`. */
export async function keptRuns(): Promise<readonly KeptRun[]> {
  const all = await inDatabase("readonly", (stores) => stores(list).getAll());
  return (all as KeptRun[]).toSorted((one, other) => other.date.getTime() - one.date.getTime());
}

/**
 * Keeps a run; one whose title is taken in a language gets other titles.
 *
 * @returns its entry in the list.
 * @throws an error for `faultWords`, also if there is no room for it.
 */
export async function keepRun(
  run: Omit<KeptRun, "bytes" | "name" | "titles"> & { readonly titles: Translated<string> },
  content: KeptContent,
): Promise<KeptRun> {
  const whole = { ...content, files: new Map([...content.files].map(alone)) };
  const titles = freeTitles(run.titles, (await keptRuns()).map(titlesOf));
  const kept = { ...run, titles, name: titles.en, bytes: sizeOf(whole) };
  await inDatabase(
    "readwrite",
    (stores) => {
      stores(contents).put(whole, kept.name);
      return stores(list).put(kept);
    },
    kept.bytes,
  );
  // Asked for, so that the browser does not clear it when it runs out of room; it may refuse.
  void navigator.storage?.persist?.().catch(() => false);
  return kept;
}

/** What a run goes on from. Throws an error for `faultWords`. */
export async function openKept(run: Pick<KeptRun, "name" | "titles">): Promise<KeptContent> {
  const content = await inDatabase("readonly", (stores) => stores(contents).get(run.name));
  if (content) return content as KeptContent;
  const { en, zh } = titlesOf(run);
  throw new TranslatedError({
    en: `“${en}” is not kept here any more; another tab has deleted it, or the browser has.`,
    zh: `“${zh}”已不在这个浏览器里：可能在另一个标签页里删除了，或被浏览器清除了。`,
  });
}

/** Forgets a run. Throws an error for `faultWords`. */
export async function deleteKept(name: string): Promise<void> {
  await inDatabase("readwrite", (stores) => {
    stores(contents).delete(name);
    return stores(list).delete(name);
  });
}

/** What the page calls a run. */
export function titlesOf({ name, titles }: Pick<KeptRun, "name" | "titles">): Translated<string> {
  return titles ?? { en: name, zh: name };
}

/** Titles that none of the others has in any language: with a number behind them, if need be. */
export function freeTitles(
  { en, zh }: Translated<string>,
  others: readonly Translated<string>[],
): Translated<string> {
  const taken = new Set(others.flatMap((other) => [other.en, other.zh]));
  let free = { en, zh };
  for (let number = 2; taken.has(free.en) || taken.has(free.zh); number++) {
    free = { en: `${en} (${number})`, zh: `${zh}（${number}）` };
  }
  return free;
}

/** How many bytes a run takes: its files, and the weights of its checkpoints. */
export function sizeOf({ files, history }: KeptContent): number {
  const parts = [...files.values(), ...(history?.checkpoints.values() ?? [])];
  return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Bytes that are a part of a larger buffer would be kept with all of it. */
function alone([path, bytes]: readonly [string, Uint8Array<ArrayBuffer>]): [
  string,
  Uint8Array<ArrayBuffer>,
] {
  return [path, bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()];
}

/** Does something in one transaction, which is done as a whole or not at all. */
async function inDatabase<Result>(
  mode: IDBTransactionMode,
  work: (stores: (name: string) => IDBObjectStore) => IDBRequest<Result>,
  bytes = 0,
): Promise<Result> {
  try {
    const opened = await openDatabase();
    try {
      const transaction = opened.transaction([list, contents], mode);
      const request = work((name) => transaction.objectStore(name));
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? request.error);
      });
      return request.result;
    } finally {
      opened.close();
    }
  } catch (error) {
    throw keepingFault(error, bytes);
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, version);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(list, { keyPath: "name" });
      request.result.createObjectStore(contents);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** What the browser refuses, in a sentence. */
export function keepingFault(error: unknown, bytes: number): Error {
  if (error instanceof TranslatedError) return error;
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  if (name === "QuotaExceededError") {
    const size = (bytes / 1e6).toFixed(1);
    return new TranslatedError({
      en: `This browser has no room for the run (${size} MB); delete one that is kept, or download it instead.`,
      zh: `这个浏览器里没有足够的空间保存这次训练（${size} MB）；请删除一个已保存的，或改为下载。`,
    });
  }
  if (name === "VersionError") {
    return new TranslatedError({
      en: "A newer version of this page keeps runs in this browser; reload the page.",
      zh: "这个浏览器里的训练由本网页的较新版本保存；请刷新网页。",
    });
  }
  return new TranslatedError({
    en: `This browser keeps nothing for this page, as in a private window (${message}); download the run instead.`,
    zh: `这个浏览器不为本网页保存数据，例如在无痕窗口里（${message}）；请改为下载。`,
  });
}
