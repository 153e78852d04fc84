/** @file The models that a page can open, as the server or the export lists them. */

import type { SourceInput } from "../../decoding/sourceInput.ts";
import { parseJson } from "../../files/json.ts";
import { fetchFile } from "../../library/fetchFile.ts";
import { Seq2Seq } from "../../library/webSeq2Seq.ts";
import type { ModelEntry, PageModels } from "../../modelFolder/modelList.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { type WebRuntimeOptions, webRuntime } from "../../runtime/web.ts";
import type { Trace } from "../../trace/trace.ts";
import { TranslatedError } from "../text/faults.ts";
import { downloads, runtimePart } from "./downloads.svelte.ts";
import { ownModels } from "./ownModels.svelte.ts";

/** Whether the page can translate with a model: there is one already, and it reads text. */
export function readsText({ sizes }: ModelEntry): boolean {
  return sizes !== null && sizes.sourceInput === "tokens";
}

/** Whether it reads pictures, which the page cuts into patches. */
export function readsPictures({ sizes }: ModelEntry): boolean {
  return sizes !== null && sizes.sourceInput === "features" && sizes.patchRows > 0;
}

/** Whether the page can open a model; those that read files of features it cannot feed. */
export function isUsable(entry: ModelEntry): boolean {
  return readsText(entry) || readsPictures(entry);
}

/** The whole address of a path that is relative to the page. */
export const addressOf = (path: string): string => new URL(path, document.baseURI).href;

let binary: Promise<ArrayBuffer | undefined> | undefined;

/** Where ONNX Runtime lies. Its file is fetched once, which is told of; what is wrong with it is found when it starts. */
function runtimeOptions(): Pick<WebRuntimeOptions, "wasmFolder" | "wasmBinary"> {
  const wasmFolder = addressOf("onnxruntime/");
  binary ??= fetchFile(`${wasmFolder}ort-wasm-simd-threaded.wasm`, {
    onBytes: (count) => downloads.add(runtimePart, count),
  }).then(
    ({ bytes }) => bytes.buffer,
    () => undefined,
  );
  return { wasmFolder, wasmBinary: binary };
}

/** Fetches what every model needs, before it is known which model that is. */
export function fetchRuntime(): void {
  runtimeOptions();
}

/** What runs graphs in this page. */
export const pageRuntime = (): Promise<Runtime> => webRuntime(runtimeOptions());

/** Fetches the list of models. Throws an error for `faultWords`. */
export async function listModels(): Promise<readonly ModelEntry[]> {
  const address = addressOf("models.json");
  const { bytes } = await fetchFile(address, { cache: "no-cache" });
  const list = parseJson(bytes, address) as Partial<PageModels> | null;
  if (Array.isArray(list?.models)) {
    downloads.expect(runtimePart, list.runtimeBytes ?? 0);
    for (const { path, bytes } of list.models as ModelEntry[]) downloads.expect(path, bytes);
    return list.models;
  }
  throw new TranslatedError({
    en: `${address}: this is not a list of models; export the page again.`,
    zh: `${address}：这不是模型列表；请重新导出页面。`,
  });
}

const loaded = new Map<string, Promise<Seq2Seq>>();

/** Loads a model once; it stays loaded, so that going back to it takes no time. */
export function loadModel(entry: ModelEntry): Promise<Seq2Seq> {
  const known = loaded.get(entry.path);
  if (known) return known;
  const files = ownModels.filesOf(entry);
  const made = files
    ? Seq2Seq.open(files, runtimeOptions())
    : Seq2Seq.load(addressOf(entry.path), {
        ...runtimeOptions(),
        onBytes: (count) => downloads.add(entry.path, count),
      });
  loaded.set(entry.path, made);
  made.catch(() => loaded.delete(entry.path));
  releaseGone();
  return made;
}

/** Frees the memory of models whose place others have taken. */
function releaseGone(): void {
  for (const [path, model] of loaded) {
    if (!ownModels.isGone(path)) continue;
    loaded.delete(path);
    void inTurn(async () => (await model).release()).catch(() => undefined);
  }
}

let queue: Promise<unknown> = Promise.resolve();

/** Runs one thing at a time: ONNX Runtime's WebAssembly build does not take two runs at once. */
export function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = queue.then(work);
  queue = result.catch(() => undefined);
  return result;
}

/** What can be changed about a translation, to see what follows. */
export interface Edits {
  /** Target ids that come first, in place of the model's own choices. */
  readonly prefix: readonly number[];
  /** Attention weights over the source, by decoder step, in place of the model's own. */
  readonly attention: ReadonlyMap<number, readonly number[]>;
}

export const noEdits: Edits = { prefix: [], attention: new Map() };

/** Whether anything is changed. */
export function isEdited({ prefix, attention }: Edits): boolean {
  return prefix.length > 0 || attention.size > 0;
}

/** Translates a text, or describes a picture, and records how, in this page. */
export function traceOf(
  model: Seq2Seq,
  source: SourceInput,
  edits: Edits = noEdits,
): Promise<Trace> {
  return inTurn(() =>
    model.trace(source, {
      beam: 5,
      nBest: 5,
      ...(isEdited(edits) && edits),
    }),
  );
}
