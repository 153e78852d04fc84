/**
 * @file The model: an encoder, a bridge and a decoder step, over symbolic tensors. The step is the one
 * definition that training repeats over time, that decoding calls and that recordings show.
 */

import { swapLastAxes, transpose } from "../graph/operators/arrange.ts";
import { reshape, unsqueeze } from "../graph/operators/broadcast.ts";
import { add } from "../graph/operators/elementwise.ts";
import { scan } from "../graph/operators/scan.ts";
import { greater } from "../graph/operators/select.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { withScope } from "../graph/tensor.ts";
import type { Attention, AttentionKind, AttentionStep, Memory } from "../nn/attention.ts";
import { attention, keyRows } from "../nn/attention.ts";
import type { Cell } from "../nn/cells.ts";
import type { Dropout } from "../nn/dropout.ts";
import type { OutputLayer } from "../nn/loss.ts";
import type { Parameters } from "../nn/parameters.ts";
import { zeros } from "../nn/parameters.ts";
import { attentionalVector, maxoutReadout } from "../nn/readout.ts";
import type { ModelSizes } from "./configuration.ts";
import { memorySizeOf } from "./configuration.ts";
import { bridgeStates, readSource } from "./encoder.ts";
import { ModelParts } from "./parts.ts";

/** What the encoder hands to the decoder. */
export interface Encoded {
  /** Null in a model without attention. */
  readonly memory: Memory | null;
  /** The decoder's first states, each `[batch, 1, hidden]`. */
  readonly states: readonly Tensor[];
}

/** One step of the decoder, for any number of hypotheses (queries) of each sentence. */
export interface DecoderStep {
  /** Each `[batch, queries, hidden]`; the attentional vector is the last one with input feeding. */
  readonly states: readonly Tensor[];
  /** What the output layer sees, if the step computes it: `[batch, queries, size]`. */
  readonly readout: Tensor | null;
  /** What {@link Model.finish} needs where the step does not compute the readout. */
  readonly features: readonly Tensor[];
  readonly attention: AttentionStep | null;
  /** Named values on the way, for those who want to see them. */
  readonly record: Readonly<Record<string, Tensor>>;
}

/** A model's parts. All of it is symbolic; {@link Parameters} fills as the parts are traced. */
export class Model {
  readonly sizes: ModelSizes;
  private readonly parts: ModelParts;
  private readonly parameters: Parameters;
  private readonly dropout: Dropout;
  private readonly attention: Attention | null;

  constructor(sizes: ModelSizes, parameters: Parameters, dropout: Dropout) {
    this.sizes = sizes;
    this.parts = new ModelParts(sizes, parameters, dropout);
    this.parameters = parameters;
    this.dropout = dropout;
    this.attention =
      sizes.attention === "none"
        ? null
        : attention(
            sizes.attention,
            parameters,
            { query: sizes.hidden, memory: this.memorySize, hidden: sizes.attentionHidden },
            this.parts.initializer(0.001),
          );
  }

  /** How many states a decoder step carries. */
  get stateCount(): number {
    const perLayer = this.sizes.cell === "lstm" ? 2 : 1;
    return this.sizes.layers * perLayer + (this.sizes.inputFeeding ? 1 : 0);
  }

  /** The size of an encoder state that attention sees. */
  get memorySize(): number {
    return memorySizeOf(this.sizes);
  }

  /**
   * Reads the source.
   *
   * @param source int32 `[source, batch]`, 0 where there is padding.
   * @param record takes named values of every step: see `readSource`.
   * @param features `[source, batch, size]`, where the model reads features.
   */
  encode(
    source: Tensor,
    record: Record<string, Tensor> | null = null,
    features: Tensor | null = null,
  ): Encoded {
    return withScope("encoder", () => {
      const reading = readSource(this.parts, source, record, features);
      return {
        memory: this.memory(reading.outputs, source),
        states: withScope("bridge", () => bridgeStates(this.parts, reading)),
      };
    });
  }

  /** The memory of a top layer's outputs `[source, batch, size]`. */
  private memory(outputs: Tensor, source: Tensor): Memory | null {
    if (!this.attention) return null;
    const values = transpose(outputs, [1, 0, 2]);
    const keys = withScope("attention", () => (this.attention as Attention).keys(values));
    return { values, keys, mask: unsqueeze(transpose(greater(source, 0), [1, 0]), 1) };
  }

  /** The memory's keys with a row for each encoder state: `[batch, source, units]`. */
  keyRows({ keys }: Memory): Tensor {
    return keyRows(this.sizes.attention as AttentionKind, keys);
  }

  /** Embeddings of token ids of any shape: `[…, embedding]`. */
  embed(side: "source" | "target", ids: Tensor): Tensor {
    return this.parts.embed(side, ids);
  }

  /** The embedded token's part in the decoder's first layer, for one step or for all at once. */
  drive(embedded: Tensor): Tensor {
    return this.decoderCell(0).project(embedded);
  }

  /**
   * One step of the decoder.
   *
   * @param drive  {@link drive} of the previous token: `[batch, queries, …]`.
   * @param states as {@link Encoded} and the step before give them.
   * @param layerMasks dropout masks between layers, one for each layer above the first.
   */
  step(
    drive: Tensor,
    states: readonly Tensor[],
    memory: Memory | null,
    layerMasks: readonly Tensor[] = [],
    readoutMask: Tensor | null = null,
  ): DecoderStep {
    return this.sizes.attentionPlace === "before"
      ? this.bahdanauStep(drive, states, memory as Memory)
      : this.luongStep(drive, states, memory, layerMasks, readoutMask);
  }

  /** Luong et al. (2015): the recurrent layers, then attention with their top state. */
  private luongStep(
    drive: Tensor,
    states: readonly Tensor[],
    memory: Memory | null,
    layerMasks: readonly Tensor[],
    readoutMask: Tensor | null,
  ): DecoderStep {
    const record: Record<string, Tensor> = {};
    const fed = this.sizes.inputFeeding ? (states.at(-1) as Tensor) : null;
    const { states: next, hidden } = this.recurrentStep(drive, states, fed, layerMasks, record);
    if (!memory || !this.attention) {
      return { states: next, readout: null, features: [hidden], attention: null, record };
    }
    if (!fed) return { states: next, readout: null, features: [hidden], attention: null, record };
    const { readout, attended } = this.attendAfter(hidden, memory, record);
    const dropped = readoutMask ? this.dropout.with(readout, readoutMask) : readout;
    return {
      states: [...next, dropped],
      readout: dropped,
      features: [],
      attention: attended,
      record,
    };
  }

  private recurrentStep(
    drive: Tensor,
    states: readonly Tensor[],
    fed: Tensor | null,
    layerMasks: readonly Tensor[],
    record: Record<string, Tensor>,
  ): { states: Tensor[]; hidden: Tensor } {
    const next: Tensor[] = [];
    let hidden: Tensor | null = null;
    for (let layer = 0; layer < this.sizes.layers; layer++) {
      const decoderCell = this.decoderCell(layer);
      const before = states.slice(
        layer * decoderCell.stateCount,
        (layer + 1) * decoderCell.stateCount,
      );
      withScope(`decoder.${layer}`, () => {
        let total = drive;
        if (hidden) {
          const mask = layerMasks[layer - 1];
          total = decoderCell.project(mask ? this.dropout.with(hidden, mask) : hidden);
        } else if (fed) {
          total = add(drive, decoderCell.projectMore("weight_feed", fed));
        }
        const result = decoderCell.step(total, before);
        for (const [name, tensor] of Object.entries(result.record)) {
          record[`decoder.${layer}.${name}`] = tensor;
        }
        next.push(...result.states);
        hidden = result.states[0] as Tensor;
      });
    }
    return { states: next, hidden: hidden as unknown as Tensor };
  }

  private attendAfter(
    hidden: Tensor,
    memory: Memory,
    record: Record<string, Tensor>,
  ): { readout: Tensor; attended: AttentionStep } {
    return withScope("attention", () => {
      const attended = (this.attention as Attention).attend(hidden, memory);
      const readout = attentionalVector(
        this.parameters,
        attended.context,
        hidden,
        this.parts.initializer(),
      );
      recordAttention(record, attended);
      record["attentional_vector"] = readout;
      return { readout, attended };
    });
  }

  /** Bahdanau et al. (2014), A.1.2: attention with the previous state, then the recurrent step. */
  private bahdanauStep(drive: Tensor, states: readonly Tensor[], memory: Memory): DecoderStep {
    const record: Record<string, Tensor> = {};
    const previous = states[0] as Tensor;
    const attended = withScope("attention", () =>
      (this.attention as Attention).attend(previous, memory),
    );
    recordAttention(record, attended);
    const first = this.decoderCell(0);
    const total = withScope("decoder.0", () =>
      add(drive, first.projectMore("weight_context", attended.context)),
    );
    const { states: next } = this.recurrentStep(total, states, null, [], record);
    return {
      states: next,
      readout: null,
      features: [previous, attended.context],
      attention: attended,
      record,
    };
  }

  /**
   * The readout where the step left it open: after one step, or after all of them with the steps in
   * the place of the queries.
   *
   * @param features {@link DecoderStep.features}, `[batch, queries, …]`.
   * @param record   takes named values on the way.
   */
  finish(
    features: readonly Tensor[],
    embedded: Tensor,
    memory: Memory | null,
    record: Record<string, Tensor> = {},
  ): { readout: Tensor; attention: AttentionStep | null } {
    const [hidden, context] = features as [Tensor, Tensor?];
    if (this.sizes.attentionPlace === "before") {
      const units = this.sizes.maxout;
      const initializer = this.parts.initializer();
      const { sums, readout } = withScope("readout", () =>
        maxoutReadout(this.parameters, hidden, embedded, context as Tensor, units, initializer),
      );
      record["readout.sums"] = sums;
      return { readout, attention: null };
    }
    if (!memory || !this.attention) return { readout: hidden, attention: null };
    const { readout, attended } = this.attendAfter(hidden, memory, record);
    return { readout, attention: attended };
  }

  /**
   * The decoder over whole target sentences, each token given the true ones before it.
   *
   * @param targetIn int32 `[target, batch]`: the start symbol, then the sentence.
   * @returns the readout `[target, batch, size]` and the attention weights `[target, batch, source]`.
   */
  decode(targetIn: Tensor, encoded: Encoded): { readout: Tensor; weights: Tensor | null } {
    return withScope("decoder", () => {
      const { layers, hidden } = this.sizes;
      const [time, batch] = targetIn.shape as [Dimension, Dimension];
      const { memory } = encoded;
      const embedded = this.dropout.apply(
        unsqueeze(this.embed("target", targetIn), 2),
        "target_embedding",
      );
      const drops = this.dropout.rate > 0;
      const layerMasks = Array.from({ length: drops ? layers - 1 : 0 }, (_, index) =>
        this.dropout.mask(`decoder.${index + 1}`, [time, batch, 1, hidden]),
      );
      const isFed = this.sizes.inputFeeding;
      const readoutMasks =
        drops && isFed ? [this.dropout.mask("readout", [time, batch, 1, hidden])] : [];
      const fromStep = { readout: false, weights: false };
      const { outputs } = scan({
        initial: encoded.states,
        sequences: [this.drive(embedded), ...layerMasks, ...readoutMasks],
        body: (states, [drive, ...masks]) => {
          const readoutMask = masks[layerMasks.length] ?? null;
          const step = this.step(
            drive as Tensor,
            states,
            memory,
            masks.slice(0, layerMasks.length),
            readoutMask,
          );
          fromStep.readout = step.readout !== null;
          fromStep.weights = step.attention !== null;
          const results = step.readout ? [step.readout] : [...step.features];
          if (step.attention) results.push(step.attention.weights);
          return { states: step.states, outputs: results };
        },
      });
      const stacks = [...outputs];
      const weights = fromStep.weights ? dropQueries(stacks.pop() as Tensor) : null;
      if (fromStep.readout) return { readout: dropQueries(stacks[0] as Tensor), weights };
      // The steps take the place of the queries: [target, batch, 1, …] to [batch, target, …].
      const batchMajor = (stack: Tensor) => transpose(dropQueries(stack), [1, 0, 2]);
      const finished = this.finish(stacks.map(batchMajor), batchMajor(embedded), memory);
      const readout = transpose(finished.readout, [1, 0, 2]);
      return {
        readout: this.dropout.apply(readout, "readout"),
        weights:
          weights ?? (finished.attention && transpose(finished.attention.weights, [1, 0, 2])),
      };
    });
  }

  /** The output layer: its weights are `[size, vocabulary]`. */
  outputLayer(): OutputLayer {
    const { targetVocabulary, hidden, maxout, tiedEmbeddings, outputBias } = this.sizes;
    const size = maxout || hidden;
    const weight = tiedEmbeddings
      ? swapLastAxes(this.parts.embeddings("target"))
      : this.parameters.get("output.weight", [size, targetVocabulary], this.parts.initializer());
    return {
      weight,
      bias: outputBias ? this.parameters.get("output.bias", [targetVocabulary], zeros) : null,
    };
  }

  private decoderCell(layer: number): Cell {
    const { embedding, hidden } = this.sizes;
    return this.parts.cell(`decoder.${layer}`, layer === 0 ? embedding : hidden, hidden);
  }
}

function recordAttention(record: Record<string, Tensor>, attended: AttentionStep): void {
  const { projectedQuery, scores, ownWeights, weights } = attended;
  if (projectedQuery) record["attention.projected_query"] = projectedQuery;
  record["attention.scores"] = scores;
  if (weights !== ownWeights) record["attention.own_weights"] = ownWeights;
  record["attention.weights"] = weights;
  record["context"] = attended.context;
}

/** `[target, batch, 1, size]` as `[target, batch, size]`. */
function dropQueries(stack: Tensor): Tensor {
  const [time, batch, , size] = stack.shape as [Dimension, Dimension, Dimension, Dimension];
  return reshape(stack, [time, batch, size]);
}
