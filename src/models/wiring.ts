/**
 * @file How the parts of a model are wired, as data: what each part reads, what a decoder step carries to the
 * next, and in which order the parts of a step compute. Graphs, the studio's timeline, its explanations and
 * its pictures all read it.
 */

import type { CellStateName } from "../nn/cells.ts";
import { cellStateNames } from "../nn/cells.ts";
import type { BridgeKind } from "./bridgeKinds.ts";
import { bridgeKinds } from "./bridgeKinds.ts";
import type { ModelConfiguration } from "./modelConfiguration.ts";
import {
  encoderDepth,
  encoderState,
  hasSummary,
  isBidirectional,
  memorySize,
  summarySize,
} from "./modelConfiguration.ts";

/** A vector that one part makes and others read. */
export interface Signal {
  /** Its name in traces (`docs/trace.md`). */
  readonly tensor: string;
  readonly size: number;
  /** When it is made: once for a sentence, in the step that reads it, or in the step before. */
  readonly time: "source" | "current" | "previous";
  /** The tensor of the encoder that takes its place at the first step, if it is of the step before. */
  readonly first: string | null;
}

/** One cell of the encoder: a layer in one direction. */
export interface EncoderCell {
  /** What its weights and tensors begin with, such as `encoder.0.forward`. */
  readonly name: string;
  readonly direction: "forward" | "backward";
  /** The tensors that it reads at a position, one behind the other. */
  readonly inputs: readonly string[];
  /** The tensor that it hands on. */
  readonly output: string;
}

/** A layer of the encoder. */
export interface EncoderLayer {
  /** Two where it reads in both directions, the forward one first. */
  readonly cells: readonly EncoderCell[];
  /** The size of a cell's state. */
  readonly size: number;
  /** Whether it adds its input to its hidden state. */
  readonly isResidual: boolean;
}

/** What enters a layer of the decoder besides the layer below. */
export interface FurtherInput {
  /** The weights that it is multiplied by; their name begins with the layer's. */
  readonly weight: "weight_feed" | "weight_context";
  readonly signal: Signal;
}

/** A layer of the decoder. */
export interface DecoderLayer {
  /** From 0 at the bottom. */
  readonly index: number;
  /** What its weights and tensors begin with: `decoder.0`. */
  readonly name: string;
  /** Its states before the step, hidden state first. */
  readonly states: readonly Signal[];
  /** The embedding of the previous token, or what the layer below hands on. */
  readonly below: Signal;
  readonly further: FurtherInput | null;
  /** Whether it adds its input to its hidden state. */
  readonly isResidual: boolean;
  /** What it hands on. */
  readonly output: Signal;
  /** Cells of the encoder whose last states its first ones are made of; see `Bridge`. */
  readonly handedFrom: readonly string[];
}

/** How attention is wired. */
export interface AttentionWiring {
  /** The state that looks at the source. */
  readonly query: Signal;
  /** The number of the step, where the scope depends on it. */
  readonly count: Signal | null;
  /** The weighted sum of the encoder's states. */
  readonly context: Signal;
  /** What the gate on the context is made of; null where there is no gate. */
  readonly gate: Signal | null;
}

/** What the readout reads; see `Readout` for what it does with it. */
export interface ReadoutWiring {
  /** A state of the decoder. */
  readonly state: Signal;
  /** The context; null if the readout is the state itself. */
  readonly context: Signal | null;
  /** The previous token's embedding, if the readout sees it. */
  readonly embedding: Signal | null;
}

/** A vector that a step hands to the next. Search reorders all of them when it continues other hypotheses. */
export interface CarriedState {
  /** The tensor whose value it is after a step; `count`, the number of steps, is in no trace. */
  readonly tensor: string;
  readonly size: number;
}

/**
 * A part of a decoder step: some recurrent layers, attention with its gate, the readout, the output layer.
 * One that is not recurrent hands nothing to later steps, so that training computes it for all steps at once.
 */
export type StepPart =
  | {
      readonly part: "layers";
      readonly first: number;
      /** The layer behind the last. */
      readonly end: number;
      readonly isRecurrent: true;
    }
  | { readonly part: "attention" | "readout" | "output"; readonly isRecurrent: boolean };

/**
 * The shapes that a step may have, by the way of the context: attention `after` the layers, `before` them or
 * `between` them; the source's `summary`, which enters all layers; or no context at all, `none`.
 */
export type StepShape = "after" | "before" | "between" | "summary" | "none";

/** How a model is wired. */
export interface Wiring {
  /** From the bottom; empty where attention sees the embedded source itself. */
  readonly encoder: readonly EncoderLayer[];
  /** The tensors that the rows of attention's memory consist of, one behind the other. */
  readonly memory: readonly string[];
  readonly shape: StepShape;
  /** What the decoder's first states are made of. */
  readonly bridge: BridgeKind["source"];
  /** The states of each cell, hidden state first. */
  readonly cellStates: readonly CellStateName[];
  /** From the bottom. */
  readonly decoder: readonly DecoderLayer[];
  readonly attention: AttentionWiring | null;
  /** The fixed context of a decoder without attention; null for the others. */
  readonly summary: Signal | null;
  /** The context as layers and readout take it: behind its gate if there is one, or the source's summary. */
  readonly context: Signal | null;
  /** What one step feeds into the next besides the layers' own states: attentional vector or context. */
  readonly fed: Signal | null;
  readonly readout: ReadoutWiring;
  readonly carried: readonly CarriedState[];
  /** The parts of a step in the order of their computation. */
  readonly order: readonly StepPart[];
  /** What parts that are not recurrent read of a step. */
  readonly deferred: readonly Signal[];
}

/** What the place of attention decides. */
interface Place {
  /** The layer whose state is the query, and whether it is the state of the step before. */
  readonly query: { readonly of: "bottom" | "top"; readonly time: "current" | "previous" };
  /** Which context enters the bottom layer and the layers above; null for none. */
  readonly contexts: readonly [bottom: Time | null, upper: Time | null];
  /** What the next step is fed, if it is fed anything. */
  readonly fed: "attentional_vector" | "context";
  /** How many layers compute before attention does. */
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
    fed: "attentional_vector",
    layersBefore: (layers) => layers,
  }),
  // Bahdanau et al. (2014), A.1.2; with several layers GNMT (Wu et al. 2016, §3); Cho et al. (2014), A.1.2.
  before: () => ({
    query: { of: "bottom", time: "previous" },
    contexts: ["current", "current"],
    fed: "context",
    layersBefore: () => 0,
  }),
  // tensorflow/nmt's `gnmt` and `gnmt_v2` (`gnmt_model.py`, GNMTAttentionMultiCell).
  between: ({ upperContext }) => ({
    query: { of: "bottom", time: "current" },
    contexts: ["previous", upperContext],
    fed: "context",
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

/** The wiring of a configuration that has been checked. */
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
  const fed = model.inputFeeding ? previous(place.fed) : null;
  const names = upTo(layers).map((layer) => `decoder.${layer}`);
  const outputs = names.map((name, layer) =>
    current(outputOf(name, isResidual(model, layer)), hidden),
  );
  const further = (layer: number): FurtherInput | null => {
    const time = place.contexts[layer === 0 ? 0 : 1];
    if (time === null) {
      return fed && layer === 0 ? { weight: "weight_feed", signal: fed } : null;
    }
    return {
      weight: "weight_context",
      signal: time === "previous" ? previous("context") : (context as Signal),
    };
  };
  const encoder = encoderLayers(model);
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
      handedFrom: bridgeKinds[model.bridge].from(cells, layer),
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
    embedding: model.readout === "maxout" ? embedding : null,
  };
  const order = orderOf(model, place);
  return {
    shape: hasAttention ? attentionPlace : isSummed ? "summary" : "none",
    bridge: bridgeKinds[model.bridge].source,
    cellStates: cellStateNames(model.cell),
    encoder,
    memory: encoder.at(-1)?.cells.map(({ output }) => output) ?? ["source_embedding"],
    decoder,
    attention,
    summary,
    context,
    fed,
    readout,
    carried,
    order,
    deferred: deferredSignals(order, attention, readout),
  };
}

/** What parts that are not recurrent read, but for what they compute themselves, the source and the embedding. */
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

/** Layer by layer hidden and cell state; what is fed; and for local-m the number of the step. */
function carriedStates(model: ModelConfiguration, { fed }: Place): CarriedState[] {
  const { layers, cell, hidden, inputFeeding } = model;
  const states = upTo(layers).flatMap((layer) =>
    cellStateNames(cell).map((state) => ({ tensor: `decoder.${layer}.${state}`, size: hidden })),
  );
  if (inputFeeding)
    states.push({ tensor: fed, size: fed === "context" ? memorySize(model) : hidden });
  if (countsSteps(model)) states.push({ tensor: "count", size: 1 });
  return states;
}

function orderOf(model: ModelConfiguration, { layersBefore, contexts, fed }: Place): StepPart[] {
  const { layers, inputFeeding, attention, readout } = model;
  const split = attention === "none" ? layers : layersBefore(layers);
  const isFed = inputFeeding && fed === "attentional_vector";
  const order: StepPart[] = [];
  const addLayers = (first: number, end: number): void => {
    if (end > first) order.push({ part: "layers", first, end, isRecurrent: true });
  };
  addLayers(0, split);
  // Where only the readout needs attention, no later step depends on it.
  const isInputOfLayers = contexts.some((time) => time !== null);
  if (attention !== "none") {
    order.push({ part: "attention", isRecurrent: isFed || isInputOfLayers });
  }
  addLayers(split, layers);
  if (readout !== "none") order.push({ part: "readout", isRecurrent: isFed });
  order.push({ part: "output", isRecurrent: false });
  return order;
}

function encoderLayers(model: ModelConfiguration): EncoderLayer[] {
  if (model.encoder === "none") return [];
  const layers: EncoderLayer[] = [];
  for (const layer of upTo(encoderDepth(model))) {
    const below = layers.at(-1)?.cells;
    const isBoth = isBidirectional(model, layer);
    const directions = isBoth ? (["forward", "backward"] as const) : (["forward"] as const);
    layers.push({
      size: encoderState(model, layer),
      isResidual: isResidual(model, layer),
      cells: directions.map((direction, at) => {
        const name = `encoder.${layer}${isBoth ? `.${direction}` : ""}`;
        // In stacks of two directions neither sees the other.
        const inputs = model.bidirectionalStacks ? below?.slice(at, at + 1) : below;
        return {
          name,
          direction,
          inputs: inputs?.map(({ output }) => output) ?? ["source_embedding"],
          output: outputOf(name, isResidual(model, layer)),
        };
      }),
    });
  }
  return layers;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

function isResidual({ residualFrom }: ModelConfiguration, layer: number): boolean {
  return residualFrom > 0 && layer >= residualFrom;
}

/** The tensor of what a cell hands on. */
function outputOf(name: string, hasResidual: boolean): string {
  return `${name}.${hasResidual ? "output" : "hidden_state"}`;
}

/** Whether something depends on how many steps there were. */
function countsSteps({ attentionScope }: ModelConfiguration): boolean {
  return attentionScope === "local-m";
}
