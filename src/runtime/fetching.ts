/**
 * @file Results in memory that the caller gives. onnxruntime-node 1.30 writes results there, and then copies every one
 * into new memory: at each training step, as much as all gradients. It converts results in the order of the graph's
 * outputs and stops at the first that is no tensor, so a graph that begins with such an output makes no copies.
 */

import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-common";
import { input } from "../graph/operators/source.ts";
import { emitModel } from "../onnx/emit.ts";
import { withSequenceFirst } from "../onnx/model.ts";
import type { OrtBuild } from "./ortBuild.ts";

/**
 * How a build hands over results for which it is given memory:
 * - `shared`: it writes them there, and copies nothing;
 * - `withheld`: it writes them there, and copies nothing if the graph begins with an output that is no tensor;
 * - `written`: it writes them there, and copies them too;
 * - `copied`: it does not write there; the results must be copied.
 */
export type Fetching = "shared" | "withheld" | "written" | "copied";

/** The name of the output that is no tensor. */
const sequence = "no.tensor";

/** The bytes of a model as a build should get them. */
export function bytesFor(fetching: Fetching, bytes: Uint8Array): Uint8Array {
  return fetching === "withheld" ? withSequenceFirst(sequence, bytes) : bytes;
}

/**
 * Runs a session, with results in the memory of `targets`.
 *
 * @throws what the session throws.
 */
export async function runInto(
  session: Pick<InferenceSession, "run">,
  feeds: Readonly<Record<string, OrtTensor>>,
  targets: Readonly<Record<string, OrtTensor>>,
  fetching: Fetching,
): Promise<void> {
  if (fetching === "copied") {
    const results = await session.run(feeds, Object.keys(targets));
    for (const [name, { data }] of Object.entries(targets)) {
      (data as Float32Array).set((results[name] as OrtTensor).data as never);
    }
  } else if (fetching === "withheld") {
    try {
      await session.run(feeds, { ...targets, [sequence]: null });
    } catch (error) {
      if (!isNoTensor(error)) throw error;
    }
  } else {
    await session.run(feeds, targets);
  }
}

/**
 * Finds out, with a tiny graph, how a build hands over results. Versions differ, and a later one may stop copying.
 */
export async function probeFetching(
  ort: OrtBuild,
  options: InferenceSession.SessionOptions,
): Promise<Fetching> {
  const { bytes } = emitModel("probe", { y: input("x", "float32", [2]) });
  const value = (first: number): OrtTensor =>
    new ort.Tensor("float32", Float32Array.of(first, first + 1), [2]);
  const attempt = async (way: Fetching): Promise<"shared" | "written" | null> => {
    const [x, y] = [value(3), value(0)];
    const session = await ort.InferenceSession.create(bytesFor(way, bytes), options);
    try {
      const targets = { y, ...(way === "withheld" && { [sequence]: null }) };
      const results = await session.run({ x }, targets).catch((error: unknown) => {
        if (way === "withheld" && isNoTensor(error)) return null;
        throw error;
      });
      if (way === "withheld" && results !== null) return null;
      if ((y.data as Float32Array).join() !== "3,4") return null;
      return results?.["y"]?.data === y.data ? "shared" : "written";
    } finally {
      await session.release();
    }
  };
  const plain = await attempt("written");
  if (plain === "shared") return "shared";
  if ((await attempt("withheld").catch(() => null)) !== null) return "withheld";
  return plain ?? "copied";
}

function isNoTensor(error: unknown): boolean {
  return String(error).includes("Non tensor type");
}
