/**
 * @file One step of the decoder: recurrent layers, attention and readout in the order of the system's
 * paper. It is the one definition that training repeats over time, that decoding calls and that
 * recordings show.
 */

import { withScope } from "../graph/scope.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Attention, AttentionStep, Memory } from "../nn/attention.ts";
import { gateContext } from "../nn/contextGate.ts";
import { attentionalVector, maxoutReadout } from "../nn/readout.ts";
import type { StepMasks, Way } from "./decoderLayers.ts";
import { carriedOf, runLayers, statesAfter } from "./decoderLayers.ts";
import type { ModelParts } from "./parts.ts";

/** What the decoder knows of the source at every step. */
export interface SourceSide {
  /** Null in a model without attention. */
  readonly memory: Memory | null;
  /** The fixed context of a model without attention, `[batch, 1, size]`; null for the others. */
  readonly summary: Tensor | null;
}

/** One step of the decoder, for any number of hypotheses (queries) of each sentence. */
export interface DecoderStep {
  /** Each `[batch, queries, size]`: see `stateSizes`. */
  readonly states: readonly Tensor[];
  /** What the output layer sees, if the step computes it: `[batch, queries, size]`. */
  readonly readout: Tensor | null;
  /** What {@link Decoder.finish} needs where the step does not compute the readout. */
  readonly features: Readonly<Record<string, Tensor>>;
  readonly attention: AttentionStep | null;
  /** Named values on the way, in the order of their computation. */
  readonly record: Readonly<Record<string, Tensor>>;
}

/** The decoder's parts. */
export class Decoder {
  private readonly parts: ModelParts;
  private readonly attention: Attention | null;

  constructor(parts: ModelParts, attention: Attention | null) {
    this.parts = parts;
    this.attention = attention;
  }

  /**
   * One step.
   *
   * @param drive  the embedded previous token by the first layer's weights: `[batch, queries, …]`.
   * @param states as `stateSizes` tells, of the step before.
   */
  step(
    drive: Tensor,
    states: readonly Tensor[],
    source: SourceSide,
    masks: StepMasks = {},
  ): DecoderStep {
    const way: Way = { record: {}, carried: carriedOf(this.parts.sizes, states), masks };
    switch (this.parts.sizes.attentionPlace) {
      case "after":
        return this.stepThenAttend(drive, source, way);
      case "before":
        return this.attendThenStep(drive, source, way);
      case "between":
        return this.attendBetween(drive, source, way);
    }
  }

  /** Luong et al. (2015): the recurrent layers, then attention with their top state. */
  private stepThenAttend(drive: Tensor, { memory }: SourceSide, way: Way): DecoderStep {
    const { carried, record, masks } = way;
    const { fed, count } = carried;
    const { states, top } = runLayers(this.parts, drive, way, (layer) =>
      fed && layer === 0 ? [["weight_feed", fed]] : [],
    );
    if (!memory || !fed) {
      const features = { hidden: top, ...(count && { count }) };
      return {
        states: statesAfter(states, null, way),
        readout: null,
        features,
        attention: null,
        record,
      };
    }
    const { readout, attended } = this.attendAfter(top, memory, count, record);
    const mask = masks["readout"];
    const dropped = mask ? this.parts.dropout.with(readout, mask) : readout;
    return {
      states: statesAfter(states, dropped, way),
      readout: dropped,
      features: {},
      attention: attended,
      record,
    };
  }

  /**
   * Bahdanau et al. (2014), A.1.2, and with several layers GNMT (Wu et al. 2016, §3): attention with the
   * bottom layer's previous state, then the recurrent layers, all of which get the context, or as much of
   * it as a gate lets through (Xu et al. 2015). Without attention the context is the source's summary
   * (Cho et al. 2014, A.1.2).
   */
  private attendThenStep(drive: Tensor, source: SourceSide, way: Way): DecoderStep {
    const { carried, record } = way;
    const { memory, summary } = source;
    const query = carried.layers[0]?.[0] as Tensor;
    const attended = memory && this.attend(query, memory, carried.count, record);
    const context = attended ? this.gated(attended.context, query, record) : (summary as Tensor);
    const { states, top } = runLayers(this.parts, drive, way, () => [["weight_context", context]]);
    const isPrevious =
      this.parts.sizes.readout === "maxout" && this.parts.sizes.readoutState === "previous";
    const hidden = isPrevious ? (carried.layers.at(-1)?.[0] as Tensor) : top;
    const features = { hidden, ...(attended && { context }) };
    return {
      states: statesAfter(states, null, way),
      readout: null,
      features,
      attention: attended,
      record,
    };
  }

  /**
   * tensorflow/nmt's `gnmt` and `gnmt_v2` (`gnmt_model.py`, GNMTAttentionMultiCell): the bottom layer is
   * fed the previous context and its new state is the query; the layers above get the previous context
   * (`gnmt`) or the new one (`gnmt_v2`).
   */
  private attendBetween(drive: Tensor, { memory }: SourceSide, way: Way): DecoderStep {
    const { carried, record } = way;
    const fed = carried.fed as Tensor;
    let attended: AttentionStep | null = null;
    const { states, top } = runLayers(
      this.parts,
      drive,
      way,
      (layer) => {
        const isCurrent = layer > 0 && this.parts.sizes.upperContext === "current";
        return [["weight_context", isCurrent ? (attended as AttentionStep).context : fed]];
      },
      (bottom) => {
        attended = this.attend(bottom, memory as Memory, carried.count, record);
      },
    );
    const { context } = attended as unknown as AttentionStep;
    return {
      states: statesAfter(states, context, way),
      readout: null,
      features: { hidden: top },
      attention: attended,
      record,
    };
  }

  private attend(
    query: Tensor,
    memory: Memory,
    count: Tensor | null,
    record: Record<string, Tensor>,
  ): AttentionStep {
    const attended = withScope("attention", () =>
      (this.attention as Attention).attend(query, memory, count),
    );
    recordAttention(record, attended);
    return attended;
  }

  private gated(context: Tensor, state: Tensor, record: Record<string, Tensor>): Tensor {
    const { parameters, sizes } = this.parts;
    if (!sizes.contextGate) return context;
    const { gate, gated } = withScope("attention", () =>
      gateContext(parameters, state, context, this.parts.initializer()),
    );
    record["context_gate"] = gate;
    record["gated_context"] = gated;
    return gated;
  }

  private attendAfter(
    hidden: Tensor,
    memory: Memory,
    count: Tensor | null,
    record: Record<string, Tensor>,
  ): { readout: Tensor; attended: AttentionStep } {
    const attended = this.attend(hidden, memory, count, record);
    const { parameters, sizes } = this.parts;
    const readout = withScope("attention", () =>
      attentionalVector(
        parameters,
        attended.context,
        hidden,
        this.parts.initializer(),
        sizes.readout === "linear",
      ),
    );
    record["attentional_vector"] = readout;
    return { readout, attended };
  }

  /**
   * The readout where the step left it open: after one step, or after all of them with the steps in
   * the place of the queries.
   *
   * @param features {@link DecoderStep.features}, `[batch, queries, …]`.
   * @param record   takes named values on the way.
   */
  finish(
    features: Readonly<Record<string, Tensor>>,
    embedded: Tensor,
    { memory, summary }: SourceSide,
    record: Record<string, Tensor> = {},
  ): { readout: Tensor; attention: AttentionStep | null } {
    const hidden = features["hidden"] as Tensor;
    const { readout: kind, maxout } = this.parts.sizes;
    if (kind === "maxout") {
      const context = features["context"] ?? (summary as Tensor);
      const { sums, readout } = withScope("readout", () =>
        maxoutReadout(
          this.parts.parameters,
          hidden,
          embedded,
          context,
          maxout,
          this.parts.initializer(),
        ),
      );
      record["readout.sums"] = sums;
      return { readout, attention: null };
    }
    if (kind === "none") return { readout: hidden, attention: null };
    const count = features["count"] ?? null;
    const { readout, attended } = this.attendAfter(hidden, memory as Memory, count, record);
    return { readout, attention: attended };
  }
}

function recordAttention(record: Record<string, Tensor>, attended: AttentionStep): void {
  const { projectedQuery, scores, centre, aligned, ownWeights, weights, context } = attended;
  if (projectedQuery) record["attention.projected_query"] = projectedQuery;
  record["attention.scores"] = scores;
  if (centre) record["attention.centre"] = centre;
  if (aligned) record["attention.aligned"] = aligned;
  if (weights !== ownWeights) record["attention.own_weights"] = ownWeights;
  record["attention.weights"] = weights;
  record["context"] = context;
}
