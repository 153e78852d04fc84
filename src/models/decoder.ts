/**
 * @file One step of the decoder: recurrent layers, attention and readout, in the order and with the inputs
 * defined by the model's wiring. Training repeats this single definition over time, decoding calls it, and
 * recordings show it.
 */

import { add } from "../graph/operators/elementwise.ts";
import { withScope } from "../graph/scope.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Attention, AttentionStep } from "../nn/attention.ts";
import { gateContext } from "../nn/contextGate.ts";
import { attentionalVector, concatReadout, maxoutReadout } from "../nn/readout.ts";
import { required } from "../tensor/required.ts";
import { zip } from "../tensor/zip.ts";
import type { SourceSide, StepMasks, StepRun } from "./decoderLayers.ts";
import { runLayer } from "./decoderLayers.ts";
import type { ModelParts } from "./parts.ts";
import type { Signal, Wiring } from "./wiring.ts";
import { wiringOf } from "./wiring.ts";

/** One step of the decoder, for any number of hypotheses (queries) of each sentence. */
export interface DecoderStep {
  /** Each `[batch, queries, size]`, in the order of `Wiring.carried`. */
  readonly states: readonly Tensor[];
  /** The input of the output layer, if the step computes it: `[batch, queries, size]`. */
  readonly readout: Tensor | null;
  /** The inputs of {@link Decoder.finish} if the step does not compute the readout. */
  readonly features: Readonly<Record<string, Tensor>>;
  readonly attention: AttentionStep | null;
  /** Named intermediate values, in order of computation. */
  readonly record: Readonly<Record<string, Tensor>>;
}

/** The decoder's parts. */
export class Decoder {
  private readonly parts: ModelParts;
  private readonly attention: Attention | null;
  private readonly wiring: Wiring;

  constructor(parts: ModelParts, attention: Attention | null) {
    this.parts = parts;
    this.wiring = wiringOf(parts.sizes);
    this.attention = attention;
  }

  /**
   * One step, as far as later steps depend on it; {@link Decoder.finish} computes the rest.
   *
   * @param projected the embedded previous token times the first layer's weights: `[batch, queries, …]`.
   * @param states    the previous states, in the order of `Wiring.carried`.
   */
  step(
    projected: Tensor,
    states: readonly Tensor[],
    source: SourceSide,
    masks: StepMasks = {},
  ): DecoderStep {
    const { carried, deferred } = this.wiring;
    const names = carried.map(({ tensor }) => tensor);
    const before: Record<string, Tensor> = Object.fromEntries(zip(names, states));
    const record: Record<string, Tensor> = {};
    const read = ({ tensor, time }: Signal): Tensor => {
      if (time === "source") return required(source.summary, tensor);
      return required(time === "previous" ? before[tensor] : record[tensor], tensor);
    };
    const { attention, readout } = this.run(true, { projected, source, record, read, masks });
    return {
      states: names.map((name) =>
        name === "count" ? add(required(before[name], name), 1) : required(record[name], name),
      ),
      readout,
      features: Object.fromEntries(deferred.map((signal) => [signal.tensor, read(signal)])),
      attention,
      record,
    };
  }

  /**
   * Computes the readout if the step did not: after one step, or after all of them with the steps in
   * place of the queries.
   *
   * @param features {@link DecoderStep.features}, `[batch, queries, …]`.
   * @param record   receives named intermediate values.
   */
  finish(
    features: Readonly<Record<string, Tensor>>,
    embedded: Tensor,
    source: SourceSide,
    record: Record<string, Tensor> = {},
  ): { readout: Tensor; attention: AttentionStep | null } {
    const read = ({ tensor, time }: Signal): Tensor => {
      if (time === "source") return required(source.summary, tensor);
      return tensor === "embedding"
        ? embedded
        : required(features[tensor] ?? record[tensor], tensor);
    };
    const { attention, readout } = this.run(false, { source, record, read, masks: {} });
    return { readout: readout ?? read(this.wiring.readout.state), attention };
  }

  /** Runs the parts that later steps depend on, or the other parts. */
  private run(isRecurrent: boolean, run: StepRun): Pick<DecoderStep, "attention" | "readout"> {
    let attention: AttentionStep | null = null;
    let readout: Tensor | null = null;
    for (const each of this.wiring.order) {
      if (each.isRecurrent !== isRecurrent) continue;
      if (each.part === "attention") attention = this.attend(run);
      if (each.part === "readout") readout = this.readout(run);
      if (each.part !== "layers") continue;
      for (const layer of this.wiring.decoder.slice(each.first, each.end)) {
        runLayer(this.parts, layer, run);
      }
    }
    return { attention, readout };
  }

  /** Attention, and the gate on its context (Xu et al. 2015) if there is one. */
  private attend({ source, record, read }: StepRun): AttentionStep {
    const { query, count, gate } = required(this.wiring.attention, "The wiring of attention");
    const attention = required(this.attention, "The attention");
    const memory = required(source.memory, "The memory");
    const attended = withScope("attention", () =>
      attention.attend(read(query), memory, count && read(count)),
    );
    recordAttention(record, attended);
    if (gate) {
      const made = withScope("attention", () =>
        gateContext(this.parts.parameters, read(gate), attended.context, this.parts.initializer()),
      );
      record["context_gate"] = made.gate;
      record["gated_context"] = made.gated;
    }
    return attended;
  }

  private readout({ record, read, masks }: StepRun): Tensor {
    const { parameters, sizes, dropout } = this.parts;
    const { wiring } = this;
    const initializer = this.parts.initializer();
    const state = read(wiring.readout.state);
    const context = read(required(wiring.readout.context, "The context"));
    if (wiring.readout.embedding) {
      const embedding = read(wiring.readout.embedding);
      if (sizes.readout === "concat") return concatReadout({ state, context, embedding });
      const { sums, readout } = withScope("readout", () =>
        maxoutReadout(parameters, { state, embedding, context }, sizes.maxout, initializer),
      );
      record["readout.sums"] = sums;
      return readout;
    }
    const isLinear = sizes.readout === "linear";
    const vector = withScope("attention", () =>
      attentionalVector(parameters, { context, state }, initializer, isLinear),
    );
    const mask = masks["readout"];
    const dropped = mask ? dropout.with(vector, mask) : vector;
    record["attentional_vector"] = dropped;
    return dropped;
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
