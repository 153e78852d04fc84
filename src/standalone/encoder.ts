/** @file `encoder.onnx`: reads the sources. */

import { reshape, squeeze } from "../graph/operators/reshape.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Outputs } from "../models/graphs.ts";
import { Model } from "../models/model.ts";
import type { ModelSizes } from "../models/modelConfiguration.ts";
import type { ModelUse } from "../models/parts.ts";
import { wiringOf } from "../models/wiring.ts";
import { Dropout } from "../nn/dropout.ts";
import { Parameters } from "../nn/parameters.ts";
import { zip } from "../tensor/zip.ts";
import { standaloneSource } from "./source.ts";

/**
 * The encoder by itself. Its outputs are the inputs of {@link standaloneStep} under the same names: the decoder's first
 * states, each `[batch, size]`; with attention `memory`, `keys` and `source_mask`, booleans `[batch, source]`; with a fixed
 * context instead, `summary` `[batch, size]`.
 */
export function standaloneEncoder(sizes: ModelSizes, use: ModelUse = {}): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0), use);
  const source = standaloneSource(sizes);
  const { memory, summary, states } = model.encode(source.ids, null, source.features);
  const outputs: Outputs = {};
  for (const [{ tensor }, state] of zip(wiringOf(sizes).carried, states)) {
    outputs[tensor] = squeeze(state, 1);
  }
  if (memory) {
    const [batch, , length] = memory.mask.shape as [Dimension, Dimension, Dimension];
    outputs["memory"] = memory.values;
    outputs["keys"] = memory.keys;
    outputs["source_mask"] = reshape(memory.mask, [batch, length]);
  }
  if (summary) outputs["summary"] = squeeze(summary, 1);
  return outputs;
}
