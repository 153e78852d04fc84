import { input } from "../graph/operators/source.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import type { ModelSizes } from "./modelConfiguration.ts";

/** Inputs of a batch: padded time-major ids, optionally features, and the positions of the real target tokens. */
export function batchInputs(
  { sourceInput, sourceFeatures }: ModelSizes,
  dtype: FloatDtype = "float32",
): Record<"source" | "targetIn" | "positions" | "targets", Tensor> & { features: Tensor | null } {
  const rows = ["source", "batch", sourceFeatures];
  return {
    source: input("source", "int32", ["source", "batch"]),
    features: sourceInput === "features" ? input("source_features", dtype, rows) : null,
    targetIn: input("target_in", "int32", ["target", "batch"]),
    positions: input("positions", "int32", ["tokens"]),
    targets: input("targets", "int32", ["tokens"]),
  };
}
