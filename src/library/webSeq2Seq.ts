import { modelFiles, modelOf, tokenizerFiles } from "../checkpoint/modelFolder.ts";
import type { WebRuntimeOptions } from "../runtime/web.ts";
import { webRuntime } from "../runtime/web.ts";
import { UserError } from "../tensor/errors.ts";
import { LoadedModel } from "./loadedModel.ts";

/** A trained model in a page. */
export class Seq2Seq extends LoadedModel {
  /**
   * Fetches a model from a web server: the folder that `train` wrote, as it is.
   *
   * @param url the folder; the files are found under it.
   * @throws UserError naming the file that is missing or damaged.
   */
  static async load(url: string, options: WebRuntimeOptions = {}): Promise<Seq2Seq> {
    const pathOf = (file: string) => `${url.replace(/\/$/, "")}/${file}`;
    const fetched = async (file: string): Promise<Uint8Array<ArrayBuffer>> => {
      const response = await fetch(pathOf(file));
      if (!response.ok) {
        throw new UserError(
          `${pathOf(file)}: the server answers ${response.status}; check the address.`,
        );
      }
      return new Uint8Array(await response.arrayBuffer());
    };
    const [config, weights, source, target] = (await Promise.all(
      [modelFiles.config, modelFiles.weights, tokenizerFiles.source, tokenizerFiles.target].map(
        fetched,
      ),
    )) as [Uint8Array, Uint8Array<ArrayBuffer>, Uint8Array, Uint8Array];
    const stored = modelOf({ config, weights, source, target }, pathOf);
    return new Seq2Seq(stored, await LoadedModel.compile(stored, webRuntime(options)));
  }
}
