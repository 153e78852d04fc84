/**
 * @file How the parts of a model are wired, as data: the inputs of each part, the states carried from a decoder
 * step to the next, and the order of computation within a step. Graphs, the studio's timeline, its explanations and
 * its pictures all use it.
 */

import type { CellStateName } from "../nn/cells.ts";
import { cellStateNames } from "../nn/cells.ts";
import type { BridgeKind } from "./bridgeKinds.ts";
import { bridgeOf } from "./bridgeKinds.ts";
import type { EncoderLayer, EncoderPart } from "./encoderWiring.ts";
import { encoderInput, encoderParts, isResidual, layersOf, outputOf } from "./encoderWiring.ts";
import type { ModelConfiguration } from "./modelConfiguration.ts";
import { hasSummary, memorySize, summarySize } from "./modelConfiguration.ts";

export type { EncoderCell, EncoderLayer, EncoderPart } from "./encoderWiring.ts";

/** A vector that one part computes and others read. */
export interface Signal {
  /** Its name in traces (`docs/trace.md`). */
  readonly tensor: string;
  readonly size: number;
  /** When it is computed: once per sentence, in the step that reads it, or in the previous step. */
  readonly time: "source" | "current" | "previous";
  /** For a vector of the previous step: the encoder tensor that replaces it at the first step. */
  readonly first: string | null;
}

/** An input of a decoder layer besides the layer below. */
export interface FurtherInput {
  /** The weights of this input, prefixed with the layer's name. */
  readonly weight: "weight_feed" | "weight_context";
  readonly signal: Signal;
}

/** A layer of the decoder. */
export interface DecoderLayer {
  /** From 0 at the bottom. */
  readonly index: number;
  /** The prefix of its weights and tensors: `decoder.0`. */
  readonly name: string;
  /** Its previous states, hidden state first. */
  readonly states: readonly Signal[];
  /** The embedding of the previous token, or the output of the layer below. */
  readonly below: Signal;
  readonly further: FurtherInput | null;
  /** Whether it adds its input to its hidden state. */
  readonly isResidual: boolean;
  /** Its output. */
  readonly output: Signal;
  /** The encoder cells whose final states give its initial states; see `Bridge`. */
  readonly handedFrom: readonly string[];
}

/** How attention is wired. */
export interface AttentionWiring {
  /** The query state. */
  readonly query: Signal;
  /** The step number, if the scope depends on it. */
  readonly count: Signal | null;
  /** The weighted sum of the encoder's states. */
  readonly context: Signal;
  /** The input of the gate on the context; null without a gate. */
  readonly gate: Signal | null;
}

/** The inputs of the readout; `Readout` computes with them. */
export interface ReadoutWiring {
  /** A state of the decoder. */
  readonly state: Signal;
  /** The context; null if the readout is the state itself. */
  readonly context: Signal | null;
  /** The previous token's embedding, if the readout reads it. */
  readonly embedding: Signal | null;
}

/** A vector carried from a step to the next. Search reorders all of them when it continues other hypotheses. */
export interface CarriedState {
  /** The tensor with its value after a step; `count`, the number of steps, is not in traces. */
  readonly tensor: string;
  readonly size: number;
}

/**
 * A part of a decoder step: recurrent layers, attention with its gate, the readout, the output layer.
 * Later steps do not depend on a part that is not recurrent, so training computes it for all steps at once.
 */
export type StepPart =
  | {
      readonly part: "layers";
      readonly first: number;
      /** One past the last layer. */
      readonly end: number;
      readonly isRecurrent: true;
    }
  | { readonly part: "attention" | "readout" | "output"; readonly isRecurrent: boolean };

/**
 * The possible shapes of a step, by the place of the context: attention `after` the layers, `before` them or
 * `between` them; the source's `summary`, which enters all layers; or no context at all, `none`.
 */
export type StepShape = "after" | "before" | "between" | "summary" | "none";

/** How a model is wired. */
export interface Wiring {
  /** From the bottom; empty if attention reads the embedded source itself. */
  readonly encoder: readonly EncoderLayer[];
  /** The same cells in order of computation. */
  readonly encoderParts: readonly EncoderPart[];
  /** The tensors that are concatenated to the rows of attention's memory. */
  readonly memory: readonly string[];
  readonly shape: StepShape;
  /** How the decoder's initial states are computed. */
  readonly bridge: BridgeKind;
  /** Whether the decoder starts from zeros, so that the encoder hands over no state. */
  readonly startsAtZero: boolean;
  /** The number of directions in which the encoder's first layer reads; 0 if nothing is read step by step. */
  readonly directions: number;
  /** The states of each cell, hidden state first. */
  readonly cellStates: readonly CellStateName[];
  /** From the bottom. */
  readonly decoder: readonly DecoderLayer[];
  readonly attention: AttentionWiring | null;
  /** The fixed context of a decoder without attention; null for the others. */
  readonly summary: Signal | null;
  /** The context that layers and readout read: after its gate if there is one, or the source's summary. */
  readonly context: Signal | null;
  /** The vector fed into the next step besides the layers' own states: attentional vector or context. */
  readonly inputFeed: Signal | null;
  readonly readout: ReadoutWiring;
  readonly carried: readonly CarriedState[];
  /** The parts of a step in order of computation. */
  readonly order: readonly StepPart[];
  /** The vectors of a step that non-recurrent parts read. */
  readonly deferred: readonly Signal[];
}

/** The consequences of the place of attention. */
interface Place {
  /** The layer whose state is the query, and whether it is the new or the previous state. */
  readonly query: { readonly of: "bottom" | "top"; readonly time: "current" | "previous" };
  /** Which context enters the bottom layer and the layers above; null for none. */
  readonly contexts: readonly [bottom: Time | null, upper: Time | null];
  /** The vector fed into the next step, if any. */
  readonly inputFeed: "attentional_vector" | "context";
  /** The number of layers that compute before attention. */
  readonly layersBefore: (layers: number) => number;
}

type Time = "current" | "previous";

const places: Readonly<
  Record<ModelConfiguration["attentionPlace"], (model: ModelConfiguration) => Place>
> = {
  // Luong et al. (2015).
  after: () => ({
    query: { of: "top", time: "current" },
    contexts: [null, null],
    inputFeed: "attentional_vector",
    layersBefore: (layers) => layers,
  }),
  // Bahdanau et al. (2014), A.1.2; with several layers GNMT (Wu et al. 2016, §3); Cho et al. (2014), A.1.2.
  before: ({ queryLayer, upperContext }) => ({
    query: { of: queryLayer, time: "previous" },
    contexts: ["current", upperContext === "none" ? null : "current"],
    inputFeed: "context",
    layersBefore: () => 0,
  }),
  // tensorflow/nmt's `gnmt` and `gnmt_v2` (`gnmt_model.py`, GNMTAttentionMultiCell).
  between: ({ upperContext }) => ({
    query: { of: "bottom", time: "current" },
    contexts: ["previous", upperContext === "none" ? null : upperContext],
    inputFeed: "context",
    layersBefore: () => 1,
  }),
};

/** The context that enters a layer of the decoder; null if none does. */
export function contextOf({ further }: DecoderLayer): Signal | null {
  return further?.weight === "weight_context" ? further.signal : null;
}

/** The layers of the decoder that compute together with a layer. */
export function layersWith(
  { order }: Wiring,
  layer: number,
): { readonly first: number; readonly end: number } {
  for (const part of order) {
    if (part.part === "layers" && layer >= part.first && layer < part.end) return part;
  }
  throw new RangeError(`The decoder has no layer ${layer}.`);
}

const known = new WeakMap<ModelConfiguration, Wiring>();

/** The wiring of a checked configuration. */
export function wiringOf(model: ModelConfiguration): Wiring {
  const found = known.get(model) ?? wire(model);
  known.set(model, found);
  return found;
}

function wire(model: ModelConfiguration): Wiring {
  const { layers, hidden, attentionPlace } = model;
  const place = places[attentionPlace](model);
  const hasAttention = model.attention !== "none";
  const isSummed = hasSummary(model);
  const carried = carriedStates(model, place);
  const current = (tensor: string, size: number): Signal => ({
    tensor,
    size,
    time: "current",
    first: null,
  });
  const previous = (tensor: string): Signal => {
    const at = carried.findIndex((state) => state.tensor === tensor);
    const { size } = carried[at] as CarriedState;
    return { tensor, size, time: "previous", first: `state.${at}` };
  };
  const embedding = current("embedding", model.embedding);
  const summary: Signal | null = isSummed
    ? { tensor: "summary", size: summarySize(model), time: "source", first: null }
    : null;
  const looked = current("context", memorySize(model));
  const taken = model.contextGate ? { ...looked, tensor: "gated_context" } : looked;
  const context = hasAttention ? taken : summary;
  const inputFeed = model.inputFeeding ? previous(place.inputFeed) : null;
  const names = Array.from({ length: layers }, (_, layer) => `decoder.${layer}`);
  const outputs = names.map((name, layer) =>
    current(outputOf(name, isResidual(model, layer)), hidden),
  );
  const further = (layer: number): FurtherInput | null => {
    const time = place.contexts[layer === 0 ? 0 : 1];
    if (time === null) {
      return inputFeed && layer === 0 ? { weight: "weight_feed", signal: inputFeed } : null;
    }
    return {
      weight: "weight_context",
      signal: time === "previous" ? previous("context") : (context as Signal),
    };
  };
  const bridge = bridgeOf(model);
  const parts = encoderParts(model);
  const encoder = layersOf(parts);
  const cells = encoder.map((layer) => layer.cells.map(({ name }) => name));
  const decoder = names.map((name, layer): DecoderLayer => {
    return {
      index: layer,
      name,
      states: cellStateNames(model.cell).map((state) => previous(`${name}.${state}`)),
      below: outputs[layer - 1] ?? embedding,
      further: further(layer),
      isResidual: isResidual(model, layer),
      output: outputs[layer] as Signal,
      handedFrom: bridge.from(cells, layer),
    };
  });
  const [bottom, top] = [decoder[0], decoder.at(-1)] as [DecoderLayer, DecoderLayer];
  const asked = place.query.of === "top" ? top : bottom;
  const query = place.query.time === "previous" ? (asked.states[0] as Signal) : asked.output;
  const attention: AttentionWiring | null = hasAttention
    ? {
        query,
        count: countsSteps(model) ? previous("count") : null,
        context: looked,
        gate: model.contextGate ? query : null,
      }
    : null;
  const isOld = model.readout === "maxout" && model.readoutState === "previous";
  const readout: ReadoutWiring = {
    state: isOld ? (top.states[0] as Signal) : top.output,
    context: model.readout === "none" ? null : context,
    embedding: ["maxout", "concat"].includes(model.readout) ? embedding : null,
  };
  const order = orderOf(model, place);
  return {
    shape: hasAttention ? attentionPlace : isSummed ? "summary" : "none",
    bridge,
    startsAtZero: bridge.source === "zero",
    directions: encoder[0]?.cells.length ?? 0,
    cellStates: cellStateNames(model.cell),
    encoder,
    encoderParts: parts,
    memory: encoder.at(-1)?.cells.map(({ output }) => output) ?? [encoderInput(model)],
    decoder,
    attention,
    summary,
    context,
    inputFeed,
    readout,
    carried,
    order,
    deferred: deferredSignals(order, attention, readout),
  };
}

/** The inputs of non-recurrent parts, except their own results, the source and the embedding. */
function deferredSignals(
  order: readonly StepPart[],
  attention: AttentionWiring | null,
  { state, context }: ReadoutWiring,
): Signal[] {
  const recurrent = order.filter(({ isRecurrent }) => isRecurrent).map(({ part }) => part);
  if (recurrent.includes("readout")) return [];
  if (attention && !recurrent.includes("attention")) {
    return [attention.query, ...(attention.count ? [attention.count] : [])];
  }
  return [state, ...(context && context.time !== "source" ? [context] : [])];
}

/** Hidden and cell state of each layer; the fed-back vector; and for local-m the step number. */
function carriedStates(model: ModelConfiguration, { inputFeed }: Place): CarriedState[] {
  const { layers, cell, hidden, inputFeeding } = model;
  const states = Array.from({ length: layers }, (_, layer) =>
    cellStateNames(cell).map((state) => ({ tensor: `decoder.${layer}.${state}`, size: hidden })),
  ).flat();
  if (inputFeeding)
    states.push({
      tensor: inputFeed,
      size: inputFeed === "context" ? memorySize(model) : hidden,
    });
  if (countsSteps(model)) states.push({ tensor: "count", size: 1 });
  return states;
}

function orderOf(
  model: ModelConfiguration,
  { layersBefore, contexts, inputFeed }: Place,
): StepPart[] {
  const { layers, inputFeeding, attention, readout } = model;
  const split = attention === "none" ? layers : layersBefore(layers);
  const isFed = inputFeeding && inputFeed === "attentional_vector";
  const order: StepPart[] = [];
  const addLayers = (first: number, end: number): void => {
    if (end > first) order.push({ part: "layers", first, end, isRecurrent: true });
  };
  addLayers(0, split);
  // If only the readout needs attention, no later step depends on it.
  const isInputOfLayers = contexts.some((time) => time !== null);
  if (attention !== "none") {
    order.push({ part: "attention", isRecurrent: isFed || isInputOfLayers });
  }
  addLayers(split, layers);
  if (readout !== "none") order.push({ part: "readout", isRecurrent: isFed });
  order.push({ part: "output", isRecurrent: false });
  return order;
}

/** Whether attention depends on the step number. */
function countsSteps({ attentionScope }: ModelConfiguration): boolean {
  return attentionScope === "local-m";
}
