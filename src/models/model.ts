/** @file The model: an encoder, a bridge and a decoder, over symbolic tensors. */

import { swapLastAxes, transpose } from "../graph/operators/arrange.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { reshape, unsqueeze } from "../graph/operators/reshape.ts";
import { scan } from "../graph/operators/scan.ts";
import { greater } from "../graph/operators/select.ts";
import { fill } from "../graph/operators/source.ts";
import { withScope } from "../graph/scope.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Attention, AttentionStep, Memory } from "../nn/attention.ts";
import { positionsOf } from "../nn/attention.ts";
import type { Dropout } from "../nn/dropout.ts";
import type { OutputLayer } from "../nn/loss.ts";
import type { Parameters } from "../nn/parameters.ts";
import { zeros } from "../nn/parameters.ts";
import { required } from "../tensor/required.ts";
import { bridgeStates, summaryOf } from "./bridge.ts";
import type { DecoderStep } from "./decoder.ts";
import { Decoder } from "./decoder.ts";
import type { SourceSide, StepMasks } from "./decoderLayers.ts";
import { readSource } from "./encoder.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import { readoutSize } from "./modelConfiguration.ts";
import type { ModelUse } from "./parts.ts";
import { ModelParts } from "./parts.ts";
import type { Wiring } from "./wiring.ts";
import { wiringOf } from "./wiring.ts";

/** The encoder's results for the decoder. */
export interface Encoded extends SourceSide {
  /** The decoder's initial states, each `[batch, 1, size]`, in the order of `Wiring.carried`. */
  readonly states: readonly Tensor[];
}

/** A model's parts, all of them symbolic; {@link Parameters} fills as the parts are traced. */
export class Model {
  readonly sizes: ModelSizes;
  readonly decoder: Decoder;
  readonly attention: Attention | null;
  private readonly parts: ModelParts;
  private readonly wiring: Wiring;
  private readonly parameters: Parameters;
  private readonly dropout: Dropout;

  constructor(sizes: ModelSizes, parameters: Parameters, dropout: Dropout, use: ModelUse = {}) {
    this.sizes = sizes;
    this.wiring = wiringOf(sizes);
    this.parts = new ModelParts(sizes, parameters, dropout, use);
    this.parameters = parameters;
    this.dropout = dropout;
    this.attention = this.parts.attention();
    this.decoder = new Decoder(this.parts, this.attention);
  }

  /**
   * Reads the source.
   *
   * @param source int32 `[source, batch]`, 0 at padding.
   * @param record receives named values of every step: see `readSource`.
   * @param features `[source, batch, size]`, if the model reads features.
   */
  encode(
    source: Tensor,
    record: Record<string, Tensor> | null = null,
    features: Tensor | null = null,
  ): Encoded {
    return withScope("encoder", () => {
      const read = readSource(this.parts, source, record, features);
      const memory = this.memory(read.outputs, source);
      return withScope("bridge", () => {
        const summary = summaryOf(this.parts, read);
        const states = bridgeStates(this.parts, read, summary);
        const batch = source.shape[1] as Dimension;
        // The fed-back vector and the step number start at zero.
        for (const { size } of this.wiring.carried.slice(states.length)) {
          states.push(fill(this.parameters.dtype, [batch, 1, size], 0));
        }
        return { memory, summary, states };
      });
    });
  }

  /** The memory of a top layer's outputs `[source, batch, size]`. */
  private memory(outputs: Tensor, source: Tensor): Memory | null {
    const { attention } = this;
    if (!attention) return null;
    const values = transpose(outputs, [1, 0, 2]);
    const mask = unsqueeze(transpose(greater(source, 0), [1, 0]), 1);
    const positions = positionsOf(mask, this.parameters.dtype, this.sizes.reverseSource);
    const keys = withScope("attention", () => attention.keys(values, positions));
    return { values, keys, mask, ...positions };
  }

  /** Embeddings of token ids of any shape: `[…, embedding]`. */
  embed(side: "source" | "target", ids: Tensor): Tensor {
    return this.parts.embed(side, ids);
  }

  /** The embedded token's contribution to the decoder's first layer, for one step or for all at once. */
  project(embedded: Tensor): Tensor {
    const { name, below, output } = required(this.wiring.decoder[0], "The bottom layer");
    return this.parts.cell(name, below.size, output.size).project(embedded);
  }

  /**
   * The decoder over whole target sentences, each token given the true previous tokens.
   *
   * @param targetIn int32 `[target, batch]`: the start symbol, then the sentence.
   * @returns the input of the output layer `[target, batch, size]` and the attention weights
   *   `[target, batch, source]`.
   */
  decode(targetIn: Tensor, encoded: Encoded): { readout: Tensor; weights: Tensor | null } {
    return withScope("decoder", () => {
      const [time, batch] = targetIn.shape as [Dimension, Dimension];
      const embedded = this.dropout.apply(
        unsqueeze(this.embed("target", targetIn), 2),
        "target_embedding",
      );
      const masks = this.masks(time, batch);
      const { outputs } = scan({
        initial: encoded.states,
        sequences: { projected: this.project(embedded), ...masks },
        body: (states, { projected, ...ofStep }) => {
          const step = this.decoder.step(projected, states, encoded, ofStep);
          const results: Record<string, Tensor> = step.readout
            ? { readout: step.readout }
            : { ...step.features };
          if (step.attention) results["weights"] = step.attention.weights;
          return { states: step.states, outputs: results };
        },
      });
      const { weights: ofSteps, readout: readouts, ...stacks } = outputs;
      const weights = ofSteps ? dropQueries(ofSteps) : null;
      if (readouts) return { readout: this.outputInput(dropQueries(readouts)), weights };
      // The steps replace the queries: [target, batch, 1, …] to [batch, target, …].
      const batchMajor = (stack: Tensor) => transpose(dropQueries(stack), [1, 0, 2]);
      const features = Object.fromEntries(
        Object.entries(stacks).map(([name, stack]) => [name, batchMajor(stack)]),
      );
      const finished = this.decoder.finish(features, batchMajor(embedded), encoded);
      const readout = transpose(finished.readout, [1, 0, 2]);
      return {
        readout: this.outputInput(
          this.dropsOutputs ? this.dropout.apply(readout, "readout") : readout,
        ),
        weights:
          weights ?? (finished.attention && transpose(finished.attention.weights, [1, 0, 2])),
      };
    });
  }

  private get dropsOutputs(): boolean {
    return this.sizes.dropoutOn === "outputs";
  }

  /** The dropout masks of all steps by the names of {@link StepMasks}, each `[target, batch, 1, …]`. */
  private masks(time: Dimension, batch: Dimension): StepMasks {
    if (this.dropout.rate === 0) return {};
    const { decoder, inputFeed } = this.wiring;
    const masks: Record<string, Tensor> = {};
    const draw = (key: string, name: string, size: number): void => {
      masks[key] = this.dropout.mask(name, [time, batch, 1, size]);
    };
    for (const { index, name, below } of decoder.slice(1)) draw(`layer.${index}`, name, below.size);
    if (this.dropsOutputs) {
      if (inputFeed?.tensor === "attentional_vector") draw("readout", "readout", inputFeed.size);
      return masks;
    }
    for (const { index, name, further } of decoder) {
      if (!further || further.signal.time === "source") continue;
      const { weight, signal } = further;
      draw(`${weight}.${index}`, `${name}.${inputNames[weight]}`, signal.size);
    }
    return masks;
  }

  /**
   * The input of the output layer for a readout `[…, size]`: the readout itself, or `[…, rank]` if the output
   * weights are a product of two matrices (Cho et al. 2014, §4.1.1), the first of which is applied here.
   *
   * @param record receives the readout before this product as `readout.units`.
   */
  outputInput(readout: Tensor, record: Record<string, Tensor> = {}): Tensor {
    const { outputRank } = this.sizes;
    if (outputRank === 0) return readout;
    record["readout.units"] = readout;
    const size = readout.shape.at(-1) as number;
    const factor = this.parameters.get(
      "output.factor",
      [size, outputRank],
      this.parts.initializer(),
    );
    return matMul(readout, factor);
  }

  /** The readout of a step, as input of the output layer: `[batch, queries, size]`. */
  readoutOf(
    step: DecoderStep,
    embedded: Tensor,
    source: SourceSide,
    record: Record<string, Tensor>,
  ): { readout: Tensor; attention: AttentionStep | null } {
    if (step.readout) {
      return { readout: this.outputInput(step.readout, record), attention: step.attention };
    }
    const { readout, attention } = this.decoder.finish(step.features, embedded, source, record);
    return {
      readout: this.outputInput(readout, record),
      attention: attention ?? step.attention,
    };
  }

  /** The output layer: its weights are `[size, vocabulary]`. */
  outputLayer(): OutputLayer {
    const { targetVocabulary, outputRank, tiedEmbeddings, outputBias } = this.sizes;
    const size = outputRank || readoutSize(this.sizes);
    const weight = tiedEmbeddings
      ? swapLastAxes(this.parts.embeddings("target"))
      : this.parameters.get("output.weight", [size, targetVocabulary], this.parts.initializer());
    return {
      weight,
      bias: outputBias ? this.parameters.get("output.bias", [targetVocabulary], zeros) : null,
    };
  }
}

/** The names of the masks for a layer's other inputs. */
const inputNames = { weight_feed: "fed", weight_context: "context" } as const;

/** `[target, batch, 1, size]` as `[target, batch, size]`. */
function dropQueries(stack: Tensor): Tensor {
  const [time, batch, , size] = stack.shape as [Dimension, Dimension, Dimension, Dimension];
  return reshape(stack, [time, batch, size]);
}
