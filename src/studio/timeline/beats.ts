/**
 * @file Which moments of the story a scene plays, and how long. A scene plays only what is seen in it: what
 * changes its picture. Several moments of the story can be one of the scene's.
 */

import type { Trace } from "../../trace/trace.ts";
import type { Moment, MomentKind } from "./script.ts";

/** How long moments of a kind take at normal speed, in milliseconds. */
export type Times = Readonly<Partial<Record<MomentKind, number>>>;

/** One kind of a scene's moments. */
export interface Played {
  /** What happens in it. Moments of one encoder step or decoder step that are named together are one. */
  readonly times: Times;
  /** Whether a moment of these kinds is played; all of them unless given. */
  isPlayed?(moment: Moment): boolean;
}

/** What a scene plays as one moment: the story's moments in it, one after the other. */
export interface Beat {
  /** Its place in the scene, from 0. */
  readonly index: number;
  /** The moments of the story, and how long each takes; at least one. */
  readonly parts: readonly { readonly moment: Moment; readonly duration: number }[];
  /** Milliseconds from the scene's beginning, and how long it lasts at normal speed. */
  readonly start: number;
  readonly duration: number;
}

/** The places of a picture are read in no more time than this, however many there are. */
const longestPicture = 12_000;

/** A scene's own moments: those of the story that it plays, in the story's order. */
export function beatsOf(
  played: readonly Played[],
  moments: readonly Moment[],
  { source }: Pick<Trace, "source">,
): Beat[] {
  const longest = source.features
    ? longestPicture / Math.max(1, source.tokens.length)
    : Number.POSITIVE_INFINITY;
  const groups: { rule: Played; parts: Beat["parts"][number][] }[] = [];
  for (const moment of moments) {
    const rule = played.find(
      ({ times, isPlayed }) => times[moment.kind] !== undefined && (isPlayed?.(moment) ?? true),
    );
    if (!rule) continue;
    const time = rule.times[moment.kind] as number;
    const part = { moment, duration: moment.kind === "encode" ? Math.min(time, longest) : time };
    const last = groups.at(-1);
    if (
      last?.rule === rule &&
      belongs(
        moment,
        last.parts.map((one) => one.moment),
      )
    )
      last.parts.push(part);
    else groups.push({ rule, parts: [part] });
  }
  let start = 0;
  return groups.map(({ parts }, index) => {
    const duration = parts.reduce((sum, part) => sum + part.duration, 0);
    start += duration;
    return { index, parts, start: start - duration, duration };
  });
}

/** Whether a moment is of the same step as others, and of a kind that is not among them. */
function belongs({ step, layer, kind }: Moment, others: readonly Moment[]): boolean {
  return (
    step !== null &&
    others.every((other) => other.step === step && other.layer === layer && other.kind !== kind)
  );
}

/** The moment of the story at which a beat ends: the one that it is shown at, and told of. */
export function endOf(beat: Beat): Moment {
  return (beat.parts.at(-1) as Beat["parts"][number]).moment;
}

/** The beat in which a moment of the story is, or the next one; the last one if there is none. */
export function beatAt(beats: readonly Beat[], moment: number): number {
  const found = beats.findIndex((beat) => endOf(beat).index >= moment);
  return found < 0 ? Math.max(0, beats.length - 1) : found;
}

/** The moment of the story that goes on in a beat, and how far its movement is, 0 to 1. */
export function partAt(
  beat: Beat,
  share: number,
): { readonly moment: Moment; readonly progress: number } {
  let rest = share * beat.duration;
  for (const { moment, duration } of beat.parts) {
    if (rest < duration) return { moment, progress: rest / duration };
    rest -= duration;
  }
  return { moment: endOf(beat), progress: 1 };
}

/** Moments of several kinds, each by itself. */
export function apart(times: Times): Played[] {
  return Object.entries(times).map(([kind, time]) => ({ times: { [kind]: time } }));
}
