import { OptionError } from "../../options/optionError.ts";

/** What ends a run; the first that is reached does. */
export interface Limits {
  readonly epochs?: number | undefined;
  readonly minutes?: number | undefined;
  readonly steps?: number | undefined;
}

/** How the learning rate changes over a run: a factor on it. */
export type Schedule =
  | { readonly kind: "constant" }
  /** Rises in a line over `steps`, then stays. */
  | { readonly kind: "warmup"; readonly steps: number }
  /** tensorflow/nmt's `t2t` warm-up: 0.01^((steps − s)/steps) before step s reaches `steps`. */
  | { readonly kind: "t2t"; readonly steps: number }
  /**
   * Halved after epoch `after` and then after every `every` epochs: Luong et al. (2015), §4.1, after 5
   * (8 with dropout) and every one; Sutskever et al. (2014), §3.4, after 5 and every half.
   */
  | { readonly kind: "halve"; readonly after: number; readonly every: number }
  /**
   * tensorflow/nmt's schemes: constant for a part of the run, then halved some `times` at even distances.
   * `steps` is the length of the run; null for that of the run itself.
   */
  | { readonly kind: LuongScheme; readonly steps: number | null }
  /** Falls in a line to 0 at the end of the run, whichever limit ends it. */
  | { readonly kind: "linear" }
  /** Multiplied by `factor` when the dev set has not improved in `patience` evaluations. */
  | Plateau
  /** All of them multiplied. */
  | { readonly kind: "product"; readonly schedules: readonly Schedule[] };

/** The schedule that looks at the dev set. */
export interface Plateau {
  readonly kind: "plateau";
  readonly factor: number;
  readonly patience: number;
}

type LuongScheme = "luong5" | "luong10" | "luong234";

/** The part of the run before the first halving begins to count, and how many halvings there are. */
const luongSchemes: Readonly<Record<LuongScheme, { after: number; times: number }>> = {
  luong5: { after: 1 / 2, times: 5 },
  luong10: { after: 1 / 2, times: 10 },
  luong234: { after: 2 / 3, times: 4 },
};

const forms =
  "write constant, warmup:STEPS, t2t:STEPS, halve:EPOCHS[:EVERY], luong234[:STEPS], luong5[:STEPS], luong10[:STEPS], linear, plateau or plateau:FACTOR:PATIENCE, or several joined by +";

/**
 * Parses a schedule: `constant`, `warmup:STEPS`, `t2t:STEPS`, `halve:EPOCHS[:EVERY]`,
 * `luong234[:STEPS]`, `luong5[:STEPS]`, `luong10[:STEPS]`, `linear`, `plateau[:FACTOR:PATIENCE]`; several
 * joined by `+` are multiplied.
 *
 * @throws OptionError if it is none of these.
 */
export function parseSchedule(text: string): Schedule {
  const schedules = text.split("+").map((part) => parsePart(part));
  if (schedules.includes(null) || schedules.filter((part) => part?.kind === "plateau").length > 1) {
    throw new OptionError({ key: "schedule", value: text, remedy: forms });
  }
  const [first] = schedules;
  if (schedules.length === 1) return first as Schedule;
  return { kind: "product", schedules: schedules as Schedule[] };
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
 * Checks that a schedule that depends on the length of the run can know it.
 *
 * @param limits what ends the run.
 * @throws OptionError if it cannot.
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

/** The part of a schedule that looks at the dev set; null if there is none. */
export function plateauOf(schedule: Schedule): Plateau | null {
  if (schedule.kind === "plateau") return schedule;
  if (schedule.kind !== "product") return null;
  return schedule.schedules.map(plateauOf).find((part) => part !== null) ?? null;
}

/** Where a run is, as far as schedules care. */
export interface ScheduleState {
  /** Updates made, counting the one that is about to be made. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  /** The part of the current epoch that is done, from 0 to below 1. */
  readonly epochPart: number;
  /** How many times the plateau schedule has lowered the rate. */
  readonly reductions: number;
  /** The limit on steps; undefined if the run has another limit. */
  readonly steps?: number | undefined;
  /** How much of the run is done, from 0 to 1. */
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

/** `model.py`, _get_learning_rate_decay: a staircase of halvings behind a constant part. */
function luongFactor(scheme: LuongScheme, updates: number, steps: number): number {
  const { after, times } = luongSchemes[scheme];
  const start = Math.floor(steps * after);
  if (updates < start) return 1;
  const distance = Math.max(1, Math.floor((steps - start) / times));
  return 0.5 ** Math.floor((updates - start) / distance);
}
