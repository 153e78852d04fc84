import type { ReadOptions, StoredModel } from "../modelFolder/modelFolder.ts";
import {
  modelFiles,
  modelInFiles,
  modelOf,
  tellMissingChecksums,
  tokenizerFiles,
} from "../modelFolder/modelFolder.ts";
import { checkKnownKeys } from "../options/knownKeys.ts";
import type { ModelRuntimeOptions } from "../runtime/options.ts";
import type { WebRuntimeOptions } from "../runtime/web.ts";
import { webRuntime } from "../runtime/web.ts";
import { UserError } from "../tensor/errors.ts";
import { addressInFolder, type FetchedFile, fetchFile } from "./fetchFile.ts";
import { LoadedModel } from "./loadedModel.ts";
import { webLoadOptionNames } from "./loadOptions.ts";

export type { WebDevice } from "../runtime/web.ts";

/** How a page runs a model. */
export interface WebLoadOptions
  extends WebRuntimeOptions,
    Pick<ModelRuntimeOptions, "compute">,
    ReadOptions {
  /** Called as the model's files come, with the number of bytes of each part; `ModelEntry.bytes` is their sum. */
  readonly onBytes?: (count: number) => void;
}

/**
 * A trained model in a page.
 *
 * ```ts
 * const model = await Seq2Seq.load("/models/fr-en", { wasmFolder: "/onnxruntime/" });
 * const [translation] = await model.translate("je suis étudiant .", { beam: 5 });
 * await model.release();
 * ```
 */
export class Seq2Seq extends LoadedModel {
  /**
   * Fetches a model from a web server: the folder as `train` wrote it. Files that do not belong together, for
   * example while they are being replaced, are fetched again a little later, bypassing the browser's cache, if the
   * server has others by then.
   *
   * @param url the folder, relative to the page or absolute; the files are found under it.
   * @throws UserError naming the address that is not a file of a model, the damaged file, the missing device, or the
   *   part of WebAssembly that does not load.
   */
  static async load(url: string | URL, options: WebLoadOptions = {}): Promise<Seq2Seq> {
    checkKnownKeys(webLoadOptionNames, options, "loading");
    // What runs it comes at the same time.
    const runtime = webRuntime(options);
    runtime.catch(() => undefined);
    const stored = await fetchModel(String(url), options);
    return new Seq2Seq(stored, await LoadedModel.compile(stored, await runtime, options));
  }

  /**
   * Opens a model that is in memory, such as that of a `MemoryRun`.
   *
   * @param files the files of a model's folder by name; others are ignored.
   * @throws UserError naming the missing or damaged file, or as {@link load} does.
   */
  static async open(
    files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
    options: WebLoadOptions = {},
  ): Promise<Seq2Seq> {
    const stored = modelInFiles(files, "a run has them from its first evaluation on");
    tellMissingChecksums(stored, "The model", options);
    return new Seq2Seq(
      stored,
      await LoadedModel.compile(stored, await webRuntime(options), options),
    );
  }
}

/** Milliseconds before each new attempt to fetch files that do not belong together. */
const pauses = [200, 1000];

async function fetchModel(
  url: string,
  options: Pick<WebLoadOptions, keyof ReadOptions | "onBytes">,
): Promise<StoredModel> {
  const addressOf = (file: string): string => addressInFolder(url, file);
  const names = [
    modelFiles.config,
    modelFiles.weights,
    tokenizerFiles.source,
    tokenizerFiles.target,
  ];
  for (let attempt = 0; ; attempt++) {
    const cache = attempt === 0 ? "default" : "reload";
    const onBytes = attempt === 0 ? options.onBytes : undefined;
    const fetched = await Promise.all(
      names.map((file) => fetchFile(addressOf(file), { cache, onBytes })),
    );
    const [config, weights, source, target] = fetched.map(({ bytes }) => bytes) as [
      Uint8Array,
      Uint8Array<ArrayBuffer>,
      Uint8Array,
      Uint8Array,
    ];
    try {
      const stored = modelOf({ config, weights, source, target }, addressOf);
      tellMissingChecksums(stored, url, options);
      return stored;
    } catch (error) {
      const pause = options.isAwaited === false ? undefined : pauses[attempt];
      if (!(error instanceof UserError) || pause === undefined) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (await areSame(names.map(addressOf), fetched)) throw error;
    }
  }
}

/** Whether a server still has the files that were fetched; false if it does not tell. */
async function areSame(
  addresses: readonly string[],
  fetched: readonly FetchedFile[],
): Promise<boolean> {
  const same = await Promise.all(
    addresses.map(async (address, index) => {
      const before = versionIn(fetched[index]?.headers);
      const now = await fetch(address, { method: "HEAD", cache: "reload" } as RequestInit).catch(
        () => null,
      );
      return before !== null && now?.ok === true && versionIn(now.headers) === before;
    }),
  );
  return same.every(Boolean);
}

/** What tells versions of a file apart; null if a server sends nothing that does. */
function versionIn(headers: Headers | undefined): string | null {
  return headers?.get("etag") ?? headers?.get("last-modified") ?? null;
}
