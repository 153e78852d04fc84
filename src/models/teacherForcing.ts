import { pickRows } from "../graph/operators/gather.ts";
import { flatten } from "../graph/operators/reshape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { DropoutMask } from "../nn/dropout.ts";
import { Dropout } from "../nn/dropout.ts";
import type { OutputLayer } from "../nn/loss.ts";
import { Parameters } from "../nn/parameters.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import { batchInputs } from "./batchInputs.ts";
import { Model } from "./model.ts";
import type { ModelSizes } from "./modelConfiguration.ts";

/** A batch as the model sees it in training, up to the output layer. */
export interface TeacherForcing {
  readonly parameters: Parameters;
  /** The input of the output layer at each target token: `[tokens, size]`. */
  readonly rows: Tensor;
  readonly layer: OutputLayer;
  /** The ids of the target tokens: `[tokens]`. */
  readonly targets: Tensor;
  /** The weights of attention, `[target, batch, source]`, if there is any. */
  readonly weights: Tensor | null;
  /** Random inputs to draw for each batch. */
  readonly masks: readonly DropoutMask[];
}

/** Traces the model over a batch in training, with its dropout: the graph of the loss, and that which shows a step. */
export function teacherForcing(sizes: ModelSizes, dtype: FloatDtype): TeacherForcing {
  const parameters = new Parameters(dtype);
  const dropout = new Dropout(sizes.dropout);
  const model = new Model(sizes, parameters, dropout);
  const { source, features, targetIn, positions, targets } = batchInputs(sizes, dtype);
  const { readout, weights } = model.decode(targetIn, model.encode(source, null, features));
  const rows = pickRows(flatten(readout), positions);
  return { parameters, rows, layer: model.outputLayer(), targets, weights, masks: dropout.masks };
}
