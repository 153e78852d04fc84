/** @file A model as ONNX files that any ONNX Runtime runs without seq2see. */

import { forbiddenValue } from "../decoding/batchState.ts";
import { encodeWeights, scaleName } from "../modelFolder/weightFormat.ts";
import type { Outputs } from "../models/graphs.ts";
import { Int8Products } from "../models/int8Products.ts";
import type { ModelSizes } from "../models/modelConfiguration.ts";
import { translatingUse } from "../models/parts.ts";
import type { EmittedModel } from "../onnx/emit.ts";
import { emitModel } from "../onnx/emit.ts";
import type { OnnxVersions } from "../onnx/model.ts";
import type { TensorValue } from "../tensor/value.ts";
import { standaloneBeam } from "./beam.ts";
import { standaloneEncoder } from "./encoder.ts";
import { standaloneGreedy } from "./greedy.ts";
import { standaloneStep } from "./step.ts";

/**
 * The versions of ONNX that the files need, the lowest that have what they use: 13 gives reductions, splits and squeezes
 * the form of today, and 4 lets a file hold weights that are no inputs.
 */
export const standaloneVersions: OnnxVersions = { ir: 4, operatorSet: 13 };

/** The numbers of products with weights in the files. */
export const standaloneFormats = ["float32", "int8"] as const;

/** See {@link standaloneFormats}. */
export type StandaloneFormat = (typeof standaloneFormats)[number];

/** A model with its weights, float32 by name. */
export interface WeightedModel {
  readonly sizes: ModelSizes;
  readonly weights: ReadonlyMap<string, TensorValue>;
}

/** Makes ONNX files of graphs over one model's weights. */
export type Emit = (name: string, outputs: Outputs) => EmittedModel;

/**
 * Returns what makes a file of a graph. Graphs that read an encoder's outputs as inputs come after it.
 *
 * @param format `int8` stores matrices as integers: for products, which are computed in integers as with
 *   `compute: "int8"`, and tables of embeddings, as in a weights file of int8.
 */
export function standaloneEmitter(
  { sizes, weights }: WeightedModel,
  format: StandaloneFormat,
): Emit {
  const forbidden = forbiddenValue(sizes, { unknown: false, end: false });
  const initializers = new Map([...weights, ["forbidden", forbidden] as const]);
  const versions = standaloneVersions;
  if (format === "float32") {
    return (name, outputs) => emitModel(name, outputs, { initializers, versions });
  }
  const stored = encodeWeights(weights, "int8");
  const int8 = new Int8Products(weights, (name) => {
    const [matrix, { data }] = [stored.get(name), stored.get(scaleName(name))] as TensorValue[] as [
      TensorValue,
      TensorValue,
    ];
    return { matrix, scale: { dtype: "float32", shape: [data.length, 1], data } };
  });
  return (name, outputs) => {
    const graph = int8.graph(outputs);
    return emitModel(name, graph, {
      initializers: new Map([...initializers, ...int8.weights]),
      versions,
    });
  };
}

/** The files of a model. */
export interface StandaloneModels {
  readonly encoder: EmittedModel;
  readonly step: EmittedModel;
  readonly greedy: EmittedModel;
  /** Absent for a beam of 1. */
  readonly beam?: EmittedModel;
}

/**
 * Makes the files of a model.
 *
 * @param form.beam the width of `beam`; 1 for none.
 */
export function standaloneModels(
  model: WeightedModel,
  { format, beam }: { readonly format: StandaloneFormat; readonly beam: number },
): StandaloneModels {
  const emit = standaloneEmitter(model, format);
  const { sizes } = model;
  const use = translatingUse(format === "int8");
  return {
    encoder: emit("encoder", standaloneEncoder(sizes, use)),
    step: emit("step", standaloneStep(sizes)),
    greedy: emit("greedy", standaloneGreedy(sizes, use)),
    ...(beam > 1 && { beam: emit("beam", standaloneBeam(sizes, beam, use)) }),
  };
}
