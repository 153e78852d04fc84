/** @file The moments of a translation, in the order in which the model computes them. */

import type { StepPart } from "../../models/wiring.ts";
import { layersWith, wiringOf } from "../../models/wiring.ts";
import type { Trace } from "../../trace/trace.ts";

/** What happens at a moment. */
export type MomentKind =
  | "begin"
  | "embed"
  | "encode"
  | "handover"
  | "state"
  | "scores"
  | "softmax"
  | "weighting"
  | "context"
  | "upper"
  | "concatenate"
  | "feedForward"
  | "distribution"
  | "choose"
  | "end";

/** A moment of the story. Every scene is a view of a trace at a moment; which ones it plays, it says itself. */
export interface Moment {
  /** Its place in the story, from 0. */
  readonly index: number;
  readonly kind: MomentKind;
  /** The encoder's layer, from 0; null elsewhere. */
  readonly layer: number | null;
  /**
   * Of `encode`, which step of the layer: both directions take it at once, the backward one from the
   * other end. Of the decoder's moments, which of its steps. Null elsewhere.
   */
  readonly step: number | null;
}

/** What a decoder may do in a step, whatever the model. */
export const decoderKinds: readonly MomentKind[] = [
  "state",
  "scores",
  "softmax",
  "weighting",
  "context",
  "upper",
  "concatenate",
  "feedForward",
  "distribution",
  "choose",
];

/** What is shown of each part of a decoder step, but for its layers. */
const shown: Readonly<Record<Exclude<StepPart["part"], "layers">, readonly MomentKind[]>> = {
  attention: ["scores", "softmax", "weighting", "context"],
  readout: ["concatenate", "feedForward"],
  output: ["distribution", "choose"],
};

function momentsOf(part: StepPart, { readout }: Trace["model"]): readonly MomentKind[] {
  if (part.part === "layers") return [part.first === 0 ? "state" : "upper"];
  // Vectors side by side go through no layer before the output layer.
  if (part.part === "readout" && readout === "concat") return ["concatenate"];
  return shown[part.part];
}

/**
 * What the decoder does at each step, in the order of the model's own computation. `state` is the new
 * state of all layers, or of the bottom one alone where attention stands between the layers; `upper` is
 * that of the others.
 */
export function decoderMoments(model: Trace["model"]): MomentKind[] {
  return wiringOf(model).order.flatMap((part) => momentsOf(part, model));
}

/** The moment in which a layer of the decoder makes its new state. */
export function stateMoment(model: Trace["model"], layer: number): MomentKind {
  return layersWith(wiringOf(model), layer).first === 0 ? "state" : "upper";
}

/**
 * The moments of a translation: the encoder's steps, the handover, and the decoder's steps. Where nothing
 * reads the source place by place, all its places become vectors in the one moment `embed`.
 */
export function script(trace: Trace): Moment[] {
  const moments: Moment[] = [];
  const add = (kind: MomentKind, step: number | null = null, layer: number | null = null): void => {
    moments.push({ index: moments.length, kind, layer, step });
  };
  add("begin");
  const { encoder } = wiringOf(trace.model);
  if (encoder.length === 0) add("embed");
  for (const layer of encoder.keys()) {
    trace.source.tokens.forEach((_, step) => {
      add("encode", step, layer);
    });
  }
  add("handover");
  const kinds = decoderMoments(trace.model);
  trace.steps.forEach((_, step) => {
    for (const kind of kinds) add(kind, step);
  });
  add("end");
  return moments;
}

/** Where a moment is in the story. */
export interface Position {
  readonly phase: "begin" | "encoder" | "handover" | "decoder" | "end";
  /** Encoder steps of the last layer that are over, and the one that is going on. */
  readonly encoded: number;
  readonly encoding: number | null;
  /** The encoder's layer at work; the last one afterwards. */
  readonly layer: number;
  /** Words that have come out, and the decoder's step that is going on. */
  readonly produced: number;
  readonly decoding: number | null;
}

/** Tells what is over at a moment and what is going on. */
export function positionAt(moment: Moment, trace: Trace): Position {
  const { kind, step } = moment;
  const last = Math.max(0, wiringOf(trace.model).encoder.length - 1);
  const all = trace.source.tokens.length;
  const before = { layer: 0, encoded: 0, encoding: null, produced: 0, decoding: null };
  const after = { layer: last, encoded: all, encoding: null, produced: 0, decoding: null };
  switch (kind) {
    case "begin":
      return { phase: "begin", ...before };
    case "encode": {
      const layer = moment.layer as number;
      const encoded = layer === last ? (step as number) : 0;
      return { phase: "encoder", ...before, layer, encoded, encoding: step };
    }
    case "embed":
      return { phase: "encoder", ...before, layer: last };
    case "handover":
      return { phase: "handover", ...after };
    case "end":
      return { phase: "end", ...after, produced: trace.steps.length };
    default:
      return { phase: "decoder", ...after, produced: step as number, decoding: step };
  }
}

/** The first moment of a kind at a decoder step; the beginning if there is none. */
export function momentOf(moments: readonly Moment[], kind: MomentKind, step: number): Moment {
  const found = moments.find((moment) => moment.kind === kind && moment.step === step);
  return (found ?? moments[0]) as Moment;
}

/** Whether something that happens at `kind` of the moment's own decoder step is over by then. */
export function isOver(kind: MomentKind, moment: Moment, model: Trace["model"]): boolean {
  if (moment.kind === "end") return true;
  const order = decoderMoments(model);
  return order.indexOf(kind) < order.indexOf(moment.kind);
}
