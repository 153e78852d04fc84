/** @file The states of encoder and decoder as the scenes of the model's box draw them. */

import { wiringOf } from "../../../models/wiring.ts";
import { largestOf } from "../../../tensor/extremes.ts";
import type { Trace } from "../../../trace/trace.ts";
import { domainOf, vectorAt } from "../../scale/domain.ts";
import type { Moment } from "../../timeline/script.ts";
import { readingOf } from "./story.ts";

/** A state's strip, or one half of it. */
export interface StatePart {
  readonly tensor: string;
  readonly layer: number;
  readonly values: ArrayLike<number>;
  /** How far it has been computed, 0 to 1. */
  readonly progress: number;
  readonly half: "forward" | "backward" | null;
}

/** A tensor of the encoder's, and of which direction it is. */
export interface LayerTensor {
  readonly tensor: string;
  readonly half: StatePart["half"];
}

const halfOf = (cell: string): StatePart["half"] =>
  cell.endsWith(".forward") ? "forward" : cell.endsWith(".backward") ? "backward" : null;

/** What the decoder sees where there is no encoder: the vector of each place, as it was made. */
const embeddedPlaces: LayerTensor = { tensor: "memory", half: null };

/** The encoder's top layer; 0 without an encoder. */
function topLayer(model: Trace["model"]): number {
  return Math.max(0, wiringOf(model).encoder.length - 1);
}

/** What an encoder layer's hidden states are called in the trace: two halves if it reads both ways. */
export function layerTensors(model: Trace["model"], layer: number): readonly LayerTensor[] {
  const cells = wiringOf(model).encoder[layer]?.cells;
  if (!cells) return [embeddedPlaces];
  return cells.map(({ name }) => ({ tensor: `${name}.hidden_state`, half: halfOf(name) }));
}

/** What an encoder layer hands on at each word: its hidden states, or of a residual layer its outputs. */
export function layerOutputs(model: Trace["model"], layer: number): readonly LayerTensor[] {
  const cells = wiringOf(model).encoder[layer]?.cells;
  if (!cells) return [embeddedPlaces];
  return cells.map(({ name, output }) => ({ tensor: output, half: halfOf(name) }));
}

/** One colour scale for all hidden states of the encoder, and one for all of the decoder. */
export function stateDomain(trace: Trace, side: "encoder" | "decoder"): number {
  const { model } = trace;
  const domains =
    side === "encoder"
      ? Array.from({ length: topLayer(model) + 1 }, (_, layer) => layer).flatMap((layer) =>
          [...layerTensors(model, layer), ...layerOutputs(model, layer)].map(({ tensor }) =>
            domainOf(trace, "encoder", tensor),
          ),
        )
      : carriedStates(model)
          .filter(({ kind }) => kind === "hidden")
          .flatMap(({ first, tensor }) => [
            domainOf(trace, "encoder", first),
            domainOf(trace, "decoder", tensor),
          ]);
  return largestOf(domains);
}

/** How many parts a state is drawn of at most. */
export function partsOf(model: Trace["model"]): number {
  return Math.max(1, wiringOf(model).directions);
}

/** The encoder's layer that is at work at a moment, the top one afterwards. */
export function layerAt(moment: Moment, model: Trace["model"]): number {
  if (moment.kind === "begin") return 0;
  return moment.kind === "encode" ? (moment.layer as number) : topLayer(model);
}

/**
 * The encoder's state at each token: of the layer at work where it has come, of the layer below it
 * elsewhere.
 */
export function encoderStates(trace: Trace, moment: Moment, progress: number): StatePart[][] {
  const { model, source } = trace;
  const layer = layerAt(moment, model);
  const readings = (of: number) =>
    layerOutputs(model, of).map(({ tensor, half }) => ({
      tensor,
      half,
      layer: of,
      reading: readingOf(trace, moment, progress, { layer: of, isBackward: half === "backward" }),
    }));
  const now = readings(layer);
  const below = layer > 0 ? readings(layer - 1) : [];
  return source.tokens.map((_, row) => {
    const isReached = now.some(({ reading }) => (reading[row] as number) > 0);
    return (isReached || layer === 0 ? now : below).map(({ tensor, half, layer: of, reading }) => ({
      tensor,
      half,
      layer: of,
      values: vectorAt(trace, "encoder", tensor, row),
      progress: reading[row] as number,
    }));
  });
}

/**
 * What is left of each state where the next one takes its place, as in an encoder that keeps only the
 * state that it has now: for each token and part, a share from 0 to 1.
 *
 * @param states what {@link encoderStates} yields.
 */
export function remainders(states: readonly StatePart[][], order: readonly number[]): number[][] {
  const remaining: number[][] = states.map(() => []);
  order.forEach((row, place) => {
    remaining[row] = (states[row] as StatePart[]).map(({ tensor, layer, half, progress }) => {
      const nextRow = order[half === "backward" ? place - 1 : place + 1];
      if (nextRow === undefined) return progress;
      const next = states[nextRow] as StatePart[];
      const same = next.find((part) => part.tensor === tensor);
      if (same) return progress * (1 - same.progress);
      // The next token is a layer further, or has not come so far.
      return (next[0]?.layer ?? 0) > layer ? 0 : progress;
    });
  });
  return remaining;
}

/** A state of the decoder that steps hand on to each other; the first comes from the encoder. */
export interface CarriedState {
  /** What it is called in the trace's encoder tensors, and in a decoder step's. */
  readonly first: string;
  readonly tensor: string;
  readonly layer: number;
  readonly kind: "hidden" | "cell";
}

/** The states that go from the encoder to the decoder and from step to step, layer by layer. */
export function carriedStates(model: Trace["model"]): CarriedState[] {
  return wiringOf(model).decoder.flatMap(({ index: layer, states }) =>
    states.map(({ tensor, first }) => ({
      layer,
      kind: tensor.endsWith("cell_state") ? "cell" : "hidden",
      first: first as string,
      tensor,
    })),
  );
}

/**
 * How many numbers the encoder hands over: `one` vector or its last states, what the decoder starts
 * with, and with attention the states at all words.
 */
export function handedNumbers(trace: Trace): {
  readonly one: number;
  readonly start: number;
  readonly all: number;
} {
  const { tensors } = trace.encoder;
  const sizeOf = (name: string): number => tensors[name]?.data.length ?? 0;
  const { startsAtZero, summary } = wiringOf(trace.model);
  const states = startsAtZero ? [] : carriedStates(trace.model);
  const start = states.reduce((sum, { first }) => sum + sizeOf(first), 0);
  const top = layerOutputs(trace.model, topLayer(trace.model));
  const all = top.reduce((sum, { tensor }) => sum + sizeOf(tensor), 0);
  return { one: summary ? sizeOf("summary") : start, start, all };
}

/**
 * Where in the sentence the top layer's last states are, out of which the decoder's first ones are made:
 * at the last token read, of a bidirectional layer also at the other end, or only there. None where
 * nothing is handed over.
 */
export function lastStates(
  trace: Trace,
): readonly { readonly row: number; readonly half: StatePart["half"] }[] {
  const { order } = trace.encoder;
  const { encoder, decoder } = wiringOf(trace.model);
  const handed = decoder.flatMap(({ handedFrom }) => handedFrom);
  // Of the highest layer that hands something over. Without an encoder it is the mean of all.
  const top = encoder
    .map(({ cells }) => cells.filter(({ name }) => handed.includes(name)))
    .findLast((cells) => cells.length > 0);
  return (top ?? []).map(({ name, direction }) => ({
    row: (direction === "backward" ? order[0] : order.at(-1)) ?? 0,
    half: halfOf(name),
  }));
}

/** An encoder layer's state as it is at a moment: of the last word read, changing into the next. */
export interface StateNow {
  readonly tensor: string;
  readonly half: StatePart["half"];
  /** The rows of the words read last and now; null where there is none. */
  readonly before: number | null;
  readonly now: number | null;
  readonly progress: number;
}

/** The state that a layer of the encoder has at a moment, one for each direction. */
export function stateNow(
  trace: Trace,
  layer: number,
  moment: Moment,
  progress: number,
): StateNow[] {
  const { order } = trace.encoder;
  return layerTensors(trace.model, layer).map(({ tensor, half }) => {
    const isBackward = half === "backward";
    const turns = isBackward ? [...order].reverse() : [...order];
    const reading = readingOf(trace, moment, progress, { layer, isBackward });
    const at = turns.findLastIndex((row) => (reading[row] as number) > 0);
    return {
      tensor,
      half,
      before: at > 0 ? (turns[at - 1] as number) : null,
      now: at >= 0 ? (turns[at] as number) : null,
      progress: at >= 0 ? (reading[turns[at] as number] as number) : 0,
    };
  });
}
