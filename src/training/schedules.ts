import { UserError } from "../tensor/errors.ts";

/** How the learning rate changes over a run: a factor on it. */
export type Schedule =
  | { readonly kind: "constant" }
  /** Rises in a line over `steps`, then stays. */
  | { readonly kind: "warmup"; readonly steps: number }
  /** Halved after epoch `after` and then after every epoch: Luong et al. (2015), §4.1, after 5. */
  | { readonly kind: "halve"; readonly after: number }
  /** Multiplied by `factor` when the dev set has not improved in `patience` evaluations. */
  | { readonly kind: "plateau"; readonly factor: number; readonly patience: number };

/**
 * Reads `--schedule`: `constant`, `warmup:STEPS`, `halve:EPOCHS`, `plateau` or
 * `plateau:FACTOR:PATIENCE`.
 *
 * @throws UserError if it is none of these.
 */
export function parseSchedule(text: string): Schedule {
  const [kind, ...numbers] = text.split(":");
  const [first, second] = numbers.map(Number);
  const isCount = (value: number | undefined) => Number.isInteger(value) && (value as number) > 0;
  if (kind === "constant" && numbers.length === 0) return { kind };
  if (kind === "warmup" && numbers.length === 1 && isCount(first)) {
    return { kind, steps: first as number };
  }
  if (kind === "halve" && numbers.length === 1 && isCount(first)) {
    return { kind, after: first as number };
  }
  if (kind === "plateau" && numbers.length === 0) return { kind, factor: 0.5, patience: 1 };
  const isFactor = (first as number) > 0 && (first as number) < 1;
  if (kind === "plateau" && numbers.length === 2 && isFactor && isCount(second)) {
    return { kind, factor: first as number, patience: second as number };
  }
  throw new UserError(
    `--schedule ${text}: write constant, warmup:STEPS, halve:EPOCHS, plateau or plateau:FACTOR:PATIENCE.`,
  );
}

/** Where a run is, as far as schedules care. */
export interface ScheduleState {
  /** Updates made, counting the one that is about to be made. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  /** How many times the plateau schedule has lowered the rate. */
  readonly reductions: number;
}

/** The factor on the learning rate. */
export function scheduleFactor(
  schedule: Schedule,
  { step, epoch, reductions }: ScheduleState,
): number {
  switch (schedule.kind) {
    case "constant":
      return 1;
    case "warmup":
      return Math.min(1, step / schedule.steps);
    case "halve":
      return 0.5 ** Math.max(0, epoch - schedule.after + 1);
    case "plateau":
      return schedule.factor ** reductions;
  }
}
