/** @file How far each word has gone into the model's box or come out of it at a moment. Pure. */

import type { Trace } from "../../../trace/trace.ts";
import { decoderMoments, isOver, type Moment, type MomentKind } from "../../timeline/script.ts";

/** Movement that begins and ends slowly: 0 at 0, 1 at 1. */
export function eased(share: number): number {
  const within = Math.min(1, Math.max(0, share));
  return within * within * (3 - 2 * within);
}

/** The part of a movement from `from` to `to` as a movement of its own, 0 to 1. */
export function staged(share: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (share - from) / (to - from)));
}

/** A place between two numbers. */
export function between(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Where the moment is among the encoder's steps of one layer: steps over, 0 to S with parts. */
function readSteps(layer: number, moment: Moment, progress: number, count: number): number {
  if (moment.kind === "begin") return 0;
  if (moment.kind !== "encode") return count;
  const now = moment.layer as number;
  if (layer !== now) return layer < now ? count : 0;
  return (moment.step as number) + progress;
}

/**
 * How far the encoder's layer has come with each token, 0 to 1, in the order of the sentence. The
 * backward half of a bidirectional layer takes the tokens from the other end.
 */
export function readingOf(
  trace: Trace,
  moment: Moment,
  progress: number,
  { layer = 0, isBackward = false }: { layer?: number; isBackward?: boolean } = {},
): number[] {
  const { order } = trace.encoder;
  // All places at once, where nothing reads them one by one.
  if (moment.kind === "embed") return order.map(() => progress);
  const steps = readSteps(layer, moment, progress, order.length);
  const reading = new Array<number>(order.length).fill(0);
  order.forEach((row, place) => {
    const turn = isBackward ? order.length - 1 - place : place;
    reading[row] = Math.min(1, Math.max(0, steps - turn));
  });
  return reading;
}

/** How far each decoder step's word has come out, 0 to 1: it leaves while it is chosen. */
export function writingOf(trace: Trace, moment: Moment, progress: number): number[] {
  return trace.steps.map((_, step) => {
    if (moment.kind === "end") return 1;
    if (moment.step === null || moment.kind === "encode" || step > moment.step) return 0;
    if (step < moment.step) return 1;
    return moment.kind === "choose" ? progress : 0;
  });
}

/** How far the handover is, 0 to 1. */
export function handoverAt(moment: Moment, progress: number): number {
  if (["begin", "embed", "encode"].includes(moment.kind)) return 0;
  return moment.kind === "handover" ? progress : 1;
}

/** How far a kind of moment is at a decoder step: 0 before it, 1 after it. */
export function doneAt(
  model: Trace["model"],
  moment: Moment,
  progress: number,
  { kind, step }: { readonly kind: MomentKind; readonly step: number },
): number {
  if (moment.kind === "end") return 1;
  if (moment.step === null || moment.kind === "encode") return 0;
  if (step !== moment.step) return step < moment.step ? 1 : 0;
  if (kind === moment.kind) return progress;
  return isOver(kind, moment, model) ? 1 : 0;
}

/** The computations of a decoder step before its word comes out. */
export interface Work {
  /** How many are over, with the part of the one that is going on. */
  readonly done: number;
  readonly of: number;
}

/** What the decoder has done of its step; null while it is not at work. */
export function workAt(moment: Moment, progress: number, model: Trace["model"]): Work | null {
  const kinds = decoderMoments(model);
  const place = kinds.indexOf(moment.kind);
  if (place < 0) return null;
  const of = kinds.length - 1;
  return { done: Math.min(of, place + (place < of ? progress : 0)), of };
}

type Phase = "begin" | "encoder" | "handover" | "decoder" | "end";

function phaseOf({ kind }: Moment): Phase {
  if (kind === "begin" || kind === "handover" || kind === "end") return kind;
  return kind === "encode" || kind === "embed" ? "encoder" : "decoder";
}

/** How much of the encoder's or the decoder's part is over at a moment, 0 to 1. */
export function shareOfPhase(
  moments: readonly Moment[],
  moment: Moment,
  progress: number,
): { readonly phase: Phase; readonly share: number } {
  const phase = phaseOf(moment);
  const alike = moments.filter((other) => phaseOf(other) === phase);
  const place = alike.findIndex(({ index }) => index === moment.index);
  return { phase, share: (Math.max(0, place) + progress) / Math.max(1, alike.length) };
}

/** The moment of another story that is as far in the same phase; null if it has no such phase. */
export function matchingMoment(
  moments: readonly Moment[],
  moment: Moment,
  progress: number,
  other: readonly Moment[],
): { readonly moment: Moment; readonly progress: number } | null {
  const { phase, share } = shareOfPhase(moments, moment, progress);
  const alike = other.filter((candidate) => phaseOf(candidate) === phase);
  if (alike.length === 0) return null;
  const place = share * alike.length;
  const index = Math.min(alike.length - 1, Math.floor(place));
  return { moment: alike[index] as Moment, progress: Math.min(1, place - index) };
}
