/** @file What OpenUtau's `G2pPack` does with a pack, written again from its description. */

import type { InferenceSession as Session } from "onnxruntime-common";
import { openZip } from "../../src/files/zip.ts";
// ONNX Runtime itself; nothing of the library runs between it and this loop.
import { nativeBuild } from "../../src/runtime/node.ts";

const { InferenceSession, Tensor } = nativeBuild;

/** The most ids of `tgt`, its beginning included. */
const most = 48;
/** What `tgt` begins with, and what moves to the next letter. */
const beginning = 2;

/** A pack as OpenUtau has it in memory. */
export class LoadedPack {
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  private readonly session: Session;

  private constructor(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, session: Session) {
    this.files = files;
    this.session = session;
  }

  /** Opens the zip archive and its model. */
  static async open(archive: Uint8Array): Promise<LoadedPack> {
    const entries = openZip(archive, "pack.zip");
    const files = new Map(entries.map((entry) => [entry.path, entry.read()]));
    return new LoadedPack(files, await sessionOf(files.get("g2p.onnx") as Uint8Array));
  }

  /** The text of a file. */
  text(name: string): string {
    return new TextDecoder("utf-8", { fatal: true }).decode(this.files.get(name));
  }

  /** The names in a list of the class that comes with the pack, by id. */
  names(list: "letters" | "phonemes"): string[] {
    const [, body = ""] = new RegExp(`${list} = \\{([\\s\\S]*?)^ {4}\\}`, "m").exec(
      this.text("PackedG2p.cs"),
    ) as RegExpExecArray;
    return Array.from(body.matchAll(/^ *("(?:[^"\\]|\\.)*"),$/gm), ([, name]) =>
      JSON.parse(name as string),
    );
  }

  /** The phonemes that the model finds for a word. */
  async predict(word: string): Promise<string[]> {
    const letters = this.names("letters");
    const phonemes = this.names("phonemes");
    const ids = Array.from({ length: word.length }, (_, at) => word.toLowerCase()[at] as string)
      .map((letter) => letters.indexOf(letter, 4))
      .filter((id) => id >= 4);
    return (await predictIds(this.session, ids)).map((id) => phonemes[id] as string);
  }
}

/** Makes a session of ONNX Runtime as such. */
export function sessionOf(bytes: Uint8Array): Promise<Session> {
  return InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
}

/** The phonemes that a model finds for letters, both as ids. */
export async function predictIds(session: Session, letters: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  if (letters.length === 0) return found;
  const ids = (values: readonly number[], shape: readonly number[]) =>
    new Tensor("int32", Int32Array.from(values), shape);
  const src = ids(letters, [1, letters.length]);
  for (let place = 0; place < letters.length && found.length + 1 < most; ) {
    const tgt = ids([beginning, ...found], [1, found.length + 1]);
    const { pred } = await session.run({ src, tgt, t: ids([place], [1]) });
    if (pred?.type !== "int32" || pred.dims.join() !== "1")
      throw new Error(`pred is ${pred?.dims}`);
    const [answer] = pred.data as Int32Array;
    if (answer === beginning) place++;
    else found.push(answer as number);
  }
  return found;
}
