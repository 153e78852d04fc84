import { nearest } from "../../options/nearest.ts";
import { OptionError } from "../../options/optionError.ts";

/** The limits of a run; it ends at the first one reached. */
export interface Limits {
  readonly epochs?: number | undefined;
  readonly minutes?: number | undefined;
  readonly steps?: number | undefined;
}

/** A schedule: a factor on the learning rate that changes over a run. */
export type Schedule =
  | { readonly kind: "constant" }
  /** Linear warm-up over `steps`, then constant. */
  | { readonly kind: "warmup"; readonly steps: number }
  /** tensorflow/nmt's `t2t` warm-up: 0.01^((steps − s)/steps) before step s reaches `steps`. */
  | { readonly kind: "t2t"; readonly steps: number }
  /**
   * Halved after epoch `after` and then after every `every` epochs: Luong et al. (2015), §4.1, after 5
   * (8 with dropout) and every one; Sutskever et al. (2014), §3.4, after 5 and every half.
   */
  | { readonly kind: "halve"; readonly after: number; readonly every: number }
  /**
   * tensorflow/nmt's schemes: constant for a part of the run, then halved `times` times at even intervals.
   * `steps` is the length of the schedule; null for the length of the run.
   */
  | { readonly kind: LuongScheme; readonly steps: number | null }
  /** Linear decay to 0 at the end of the run, whichever limit ends it. */
  | { readonly kind: "linear" }
  /** Multiplied by `factor` when the dev set has not improved in `patience` evaluations. */
  | Plateau
  /** The product of several schedules. */
  | { readonly kind: "product"; readonly schedules: readonly Schedule[] };

/** The schedule that depends on the dev set. */
export interface Plateau {
  readonly kind: "plateau";
  readonly factor: number;
  readonly patience: number;
}

type LuongScheme = "luong5" | "luong10" | "luong234";

/** The fraction of the run before the decay starts, and the number of halvings. */
const luongSchemes: Readonly<Record<LuongScheme, { after: number; times: number }>> = {
  luong5: { after: 1 / 2, times: 5 },
  luong10: { after: 1 / 2, times: 10 },
  luong234: { after: 2 / 3, times: 4 },
};

const scheduleKinds = [
  { name: "constant", otherNames: ["fixed", "none"] },
  { name: "warmup", otherNames: ["constantWithWarmup"] },
  { name: "t2t", otherNames: ["exponentialWarmup"] },
  { name: "halve", otherNames: ["decay", "exponential", "step"] },
  { name: "luong234" },
  { name: "luong5" },
  { name: "luong10" },
  { name: "linear" },
  { name: "plateau", otherNames: ["reduceLrOnPlateau", "stalled"] },
];

const forms =
  "write constant, warmup:STEPS, t2t:STEPS, halve:EPOCHS[:EVERY], luong234[:STEPS], luong5[:STEPS], luong10[:STEPS], linear, plateau or plateau:FACTOR:PATIENCE, or several joined by +";

/**
 * Parses a schedule: `constant`, `warmup:STEPS`, `t2t:STEPS`, `halve:EPOCHS[:EVERY]`,
 * `luong234[:STEPS]`, `luong5[:STEPS]`, `luong10[:STEPS]`, `linear`, `plateau[:FACTOR:PATIENCE]`; several
 * joined by `+` are multiplied.
 *
 * @throws OptionError for any other text.
 */
export function parseSchedule(text: string): Schedule {
  const schedules = text.split("+").map((part) => parsePart(part));
  if (schedules.includes(null) || schedules.filter((part) => part?.kind === "plateau").length > 1) {
    const suggestions = text.split("+").flatMap((part) => meantKinds(part));
    throw new OptionError({ key: "schedule", value: text, remedy: forms, suggestions });
  }
  const [first] = schedules;
  if (schedules.length === 1) return first as Schedule;
  return { kind: "product", schedules: schedules as Schedule[] };
}

/** The kinds that a part of a schedule probably means; none if its kind exists. */
function meantKinds(part: string): string[] {
  const [kind = ""] = part.split(":");
  const names = scheduleKinds.map(({ name }) => name);
  return names.includes(kind) ? [] : nearest(kind, scheduleKinds);
}

function parsePart(text: string): Schedule | null {
  const [kind = "", ...numbers] = text.split(":");
  const [first = 0, second = 0] = numbers.map(Number);
  const count = numbers.length;
  const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;
  if ((kind === "constant" || kind === "linear") && count === 0) return { kind };
  if ((kind === "warmup" || kind === "t2t") && count === 1 && isCount(first)) {
    return { kind, steps: first };
  }
  if (kind === "halve" && isCount(first) && (count === 1 || (count === 2 && second > 0))) {
    return { kind, after: first, every: count === 2 ? second : 1 };
  }
  if (Object.hasOwn(luongSchemes, kind) && (count === 0 || (count === 1 && isCount(first)))) {
    return { kind: kind as LuongScheme, steps: count === 1 ? first : null };
  }
  if (kind === "plateau" && count === 0) return { kind, factor: 0.5, patience: 1 };
  if (kind === "plateau" && count === 2 && first > 0 && first < 1 && isCount(second)) {
    return { kind, factor: first, patience: second };
  }
  return null;
}

/**
 * Checks that the length of the run is known if the schedule depends on it.
 *
 * @param limits the limits of the run.
 * @throws OptionError if the length is unknown.
 */
export function checkSchedule(schedule: Schedule, limits: Limits): void {
  const { steps, epochs, minutes } = limits;
  if (schedule.kind === "product") {
    for (const part of schedule.schedules) checkSchedule(part, limits);
  } else if (schedule.kind === "linear") {
    if (steps === undefined && epochs === undefined && minutes === undefined) {
      throw new OptionError({
        key: "schedule",
        value: schedule.kind,
        problem: "it reaches 0 at the end of the run",
        remedy: "add {steps}, {epochs} or {minutes}",
      });
    }
  } else if ("steps" in schedule && schedule.steps === null && steps === undefined) {
    throw new OptionError({
      key: "schedule",
      value: schedule.kind,
      problem: "it depends on the length of the run",
      remedy: `add {steps}, or write ${schedule.kind}:STEPS`,
    });
  }
}

/** The part of a schedule that depends on the dev set; null if there is none. */
export function plateauOf(schedule: Schedule): Plateau | null {
  if (schedule.kind === "plateau") return schedule;
  if (schedule.kind !== "product") return null;
  return schedule.schedules.map(plateauOf).find((part) => part !== null) ?? null;
}

/** The progress of a run, as schedules need it. */
export interface ScheduleState {
  /** The number of updates, including the next one. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  /** The completed fraction of the current epoch, from 0 to below 1. */
  readonly epochPart: number;
  /** The number of times that the plateau schedule has reduced the rate. */
  readonly reductions: number;
  /** The limit on steps; undefined if the run has another limit. */
  readonly steps?: number | undefined;
  /** The completed fraction of the run, from 0 to 1. */
  readonly part: number;
}

/** The factor on the learning rate. */
export function scheduleFactor(schedule: Schedule, state: ScheduleState): number {
  const { step, epoch, epochPart, reductions } = state;
  switch (schedule.kind) {
    case "constant":
      return 1;
    case "warmup":
      return Math.min(1, step / schedule.steps);
    case "t2t": {
      // tensorflow/nmt counts the updates before this one.
      const left = schedule.steps - (step - 1);
      return left > 0 ? 0.01 ** (left / schedule.steps) : 1;
    }
    case "halve": {
      const beyond = epoch + epochPart - schedule.after;
      return beyond < 0 ? 1 : 0.5 ** (1 + Math.floor(beyond / schedule.every));
    }
    case "luong5":
    case "luong10":
    case "luong234":
      return luongFactor(schedule.kind, step - 1, schedule.steps ?? state.steps ?? 0);
    case "linear":
      return 1 - state.part;
    case "plateau":
      return schedule.factor ** reductions;
    case "product":
      return schedule.schedules.reduce((product, part) => product * scheduleFactor(part, state), 1);
  }
}

/** `model.py`, _get_learning_rate_decay: a constant part, then stepwise halvings. */
function luongFactor(scheme: LuongScheme, updates: number, steps: number): number {
  const { after, times } = luongSchemes[scheme];
  const start = Math.floor(steps * after);
  if (updates < start) return 1;
  const distance = Math.max(1, Math.floor((steps - start) / times));
  return 0.5 ** Math.floor((updates - start) / distance);
}
