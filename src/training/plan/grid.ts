/** @file A grid of runs: every combination of some values of options, with several seeds each. */

import { modelOptions } from "../../models/options.ts";
import { nearest } from "../../options/nearest.ts";
import type { OptionTable, Values } from "../../options/option.ts";
import { checkValues, namesOf } from "../../options/option.ts";
import { checkTogether, OptionError } from "../../options/optionError.ts";
import { counted } from "../../tensor/counted.ts";
import type { FullTrainOptions, TrainOptions } from "./options.ts";
import { trainingOptions } from "./options.ts";

/** What the runs of a grid share, and what differs. */
export interface Grid {
  /** The options of every run; `out` is the folder of the grid, and `seed` the first seed. */
  readonly options: TrainOptions;
  /** The values to try, by option of training or of the model. */
  readonly vary: Readonly<Record<string, readonly unknown[]>>;
  /** How many seeds each combination is trained with. */
  readonly seeds: number;
}

/** One run of a grid. */
export interface GridRun {
  /** Its name, and the name of its folder in the folder of the grid. */
  readonly name: string;
  /** The values of the options that vary. */
  readonly values: Values;
  readonly seed: number;
  /** Its options, without the folder. */
  readonly options: Omit<TrainOptions, "out">;
}

/** All options of a run and of its model, by key. */
export const variableOptions: OptionTable = { ...modelOptions, ...trainingOptions };

/** Options that all runs of a grid share, and why. */
const shared: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      "data",
      "weights",
      "finishWeights",
      "columns",
      "format",
      "source",
      "target",
      "dev",
      "watch",
    ].map((key) => [key, "runs can be compared only on the same pairs"]),
  ),
  out: "each run gets a folder of its own",
  resume: "a stopped run is resumed anyway",
  seed: "the seeds of the runs follow from {seeds}",
  device: "it does not change what a run learns",
  threads: "it does not change what a run learns",
};

/** A grid cannot have more runs: a mistyped list is refused before anything is trained. */
const mostRuns = 1000;

/**
 * The runs of a grid: all combinations with the first seed, then all with the next.
 *
 * @throws OptionError if an option does not exist or cannot vary, a value is out of range, or there are too many runs.
 */
export function gridRuns({ options, vary, seeds }: Grid): GridRun[] {
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > mostRuns) {
    const remedy = `give a whole number from 1 to ${mostRuns}`;
    throw new OptionError({ key: "seeds", value: seeds, remedy });
  }
  const entries = Object.entries(vary);
  checkTogether(
    ...entries.map(
      ([key, values]) =>
        () =>
          checkVaried(key, values, options),
    ),
  );
  const count = entries.reduce((product, [, values]) => product * values.length, seeds);
  if (count > mostRuns) {
    const problem = `these are ${counted(count, "run")}`;
    const remedy = `try fewer values or {seeds}, at most ${counted(mostRuns, "run")} in all`;
    throw new OptionError({ key: "vary", problem, remedy });
  }
  const first = options.seed ?? trainingOptions.seed.default;
  const combinations = entries.reduce<Values[]>(
    (before, [key, values]) =>
      before.flatMap((each) => values.map((value) => ({ ...each, [key]: value }))),
    [{}],
  );
  const taken = new Set<string>();
  return Array.from({ length: seeds }, (_, index) => first + index).flatMap((seed) =>
    combinations.map((values) => {
      const name = freeName({ ...values, seed }, taken);
      return { name, values, seed, options: optionsOf(options, values, seed) };
    }),
  );
}

/** How often a run that ends by steps is evaluated. */
const evaluationsOfRun = 10;

/**
 * When a run of a grid is evaluated unless that is given: by steps or epochs if it ends by these, ten times in all or after
 * each epoch, since evaluations by time keep other weights on each machine and in each run.
 */
export function repeatableEvaluations({
  evaluateEvery,
  minutes,
  steps,
  epochs,
}: Pick<
  FullTrainOptions,
  "evaluateEvery" | "minutes" | "steps" | "epochs"
>): FullTrainOptions["evaluateEvery"] {
  if (evaluateEvery !== "time" || minutes !== undefined) return evaluateEvery;
  if (steps !== undefined) return Math.ceil(steps / evaluationsOfRun);
  return epochs === undefined ? evaluateEvery : "epoch";
}

function checkVaried(key: string, values: readonly unknown[], options: TrainOptions): void {
  const row = Object.hasOwn(variableOptions, key) ? variableOptions[key] : undefined;
  if (row === undefined || row.isDerived) {
    throw new OptionError({
      key: "vary",
      value: key,
      problem: "there is no such option of training",
      remedy: "vary an option of training or of the model",
      suggestions: nearest(key, namesOf(variableOptions)).map((name) => `{vary=${name}}`),
    });
  }
  const why = shared[key];
  if (why !== undefined) {
    throw new OptionError({
      key: "vary",
      value: key,
      problem: why,
      remedy: "vary another option",
    });
  }
  if (values.length === 0) {
    throw new OptionError({ key: "vary", value: key, remedy: "give at least one value" });
  }
  const given = { ...options, ...options.model } as Values;
  if (given[key] !== undefined) {
    throw new OptionError({
      key,
      value: given[key],
      problem: "{vary} gives it other values",
      remedy: "give only one of them",
    });
  }
  checkTogether(...values.map((value) => () => checkValues({ [key]: row }, { [key]: value })));
  if (new Set(values.map(String)).size < values.length) {
    const problem = "a value is given twice";
    throw new OptionError({ key: "vary", value: key, problem, remedy: "give each value once" });
  }
}

function optionsOf(
  { out: _, model = {}, ...rest }: TrainOptions,
  values: Values,
  seed: number,
): Omit<TrainOptions, "out"> {
  const entries = Object.entries(values);
  // `preset` stands in both tables, and is an option of training for those who train.
  const isOfModel = ([key]: [string, unknown]): boolean => !Object.hasOwn(trainingOptions, key);
  return {
    ...rest,
    ...Object.fromEntries(entries.filter((entry) => !isOfModel(entry))),
    seed,
    model: { ...model, ...Object.fromEntries(entries.filter(isOfModel)) },
  };
}

/** A name that is a name of a folder everywhere, such as `hidden-128_dropout-0.1_seed-1`. */
function freeName(values: Values, taken: Set<string>): string {
  const plain = Object.entries(values)
    .map(([key, value]) => `${key}-${String(value)}`.replace(/[^\w.+-]+/g, "-"))
    .join("_");
  let name = plain;
  for (let number = 2; taken.has(name); number++) name = `${plain}_${number}`;
  taken.add(name);
  return name;
}
