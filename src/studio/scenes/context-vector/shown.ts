/** @file Which vector the picture shows at a moment, and how far its three views are. Pure. */

import { wiringOf } from "../../../models/wiring.ts";
import type { Trace } from "../../../trace/trace.ts";
import { isOfPicture } from "../../picture/picture.ts";
import { domainOf } from "../../scale/domain.ts";
import { isOver, type Moment } from "../../timeline/script.ts";

/** The vector that is shown. */
export interface ShownVector {
  readonly tensor: string;
  readonly side: "encoder" | "decoder";
  /** The decoder's step that it is the context of; null for what the encoder hands over. */
  readonly step: number | null;
  readonly domain: number;
  /** How much of each view is there, 0 to 1. */
  readonly card: number;
  readonly numbers: number;
  readonly cells: number;
  /** How far it is on its way into the decoder. */
  readonly given: number;
}

/** The part of `progress` from `begin` to `end`, 0 to 1. */
const stage = (progress: number, begin: number, end: number): number =>
  Math.min(1, Math.max(0, (progress - begin) / (end - begin)));

const whole = { card: 1, numbers: 1, cells: 1 };

/** The vector that the encoder hands over: its summary if it makes one (Cho), else the decoder's first state. */
export function handedTensor({ model }: Trace): "summary" | "state.0" {
  return wiringOf(model).summary ? "summary" : "state.0";
}

/**
 * What is to be seen at a moment: the encoder's vector becomes a card, numbers, cells and goes into the
 * decoder; then, with attention, each step's own context does.
 */
export function shownAt(trace: Trace, moment: Moment, progress: number): ShownVector {
  const { kind } = moment;
  const tensor = handedTensor(trace);
  const handed = {
    tensor,
    side: "encoder" as const,
    step: null,
    domain: domainOf(trace, "encoder", tensor),
  };
  if (kind === "begin") return { ...handed, card: 0, numbers: 0, cells: 0, given: 0 };
  if (kind === "encode" || kind === "embed")
    return { ...handed, card: progress, numbers: 0, cells: 0, given: 0 };
  if (kind === "handover") {
    return {
      ...handed,
      card: 1,
      numbers: stage(progress, 0, 0.45),
      cells: stage(progress, 0.35, 0.8),
      given: stage(progress, 0.8, 1),
    };
  }
  const step = moment.step ?? trace.steps.length - 1;
  const contextOf = (at: number): Pick<ShownVector, "tensor" | "side" | "step" | "domain"> => ({
    tensor: "context",
    side: "decoder",
    step: at,
    domain: domainOf(trace, "decoder", "context"),
  });
  if (trace.model.attention !== "none") {
    if (kind === "context") {
      return {
        ...contextOf(step),
        card: stage(progress, 0, 0.25),
        numbers: stage(progress, 0.2, 0.55),
        cells: stage(progress, 0.45, 0.8),
        given: stage(progress, 0.8, 1),
      };
    }
    if (isOver("context", moment, trace.model)) return { ...contextOf(step), ...whole, given: 1 };
    // Until the step's own context is there, the one before is what there is.
    if (step > 0) return { ...contextOf(step - 1), ...whole, given: 1 };
  }
  return { ...handed, ...whole, given: 1 };
}

/** What the encoder hands over in all. */
export interface HandedOver {
  /** How many vectors of the decoder's hidden size. */
  readonly vectors: number;
  /** Whether each layer gets a cell state too. */
  readonly hasCells: boolean;
  readonly layers: number;
  /** With attention, the encoder's states: how many, and of how many numbers; else null. */
  readonly isOfPicture: boolean;
  readonly memory: { readonly states: number; readonly size: number } | null;
}

/** Counts the vectors that the decoder starts with; input feeding's vector of zeros is not one. */
export function handedOver(trace: Trace): HandedOver {
  const { model, encoder } = trace;
  const { cellStates, decoder } = wiringOf(model);
  const [states = 0, size = 0] = encoder.tensors["memory"]?.shape ?? [];
  return {
    vectors: decoder.length * cellStates.length,
    hasCells: cellStates.includes("cell_state"),
    layers: decoder.length,
    isOfPicture: isOfPicture(trace),
    memory: states > 0 ? { states, size } : null,
  };
}
