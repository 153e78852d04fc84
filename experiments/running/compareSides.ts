import { join } from "node:path";
import type { PairSource } from "../../src/data/pairs.ts";
import { Seq2Seq } from "../../src/library/seq2seq.ts";
import { UserError } from "../../src/tensor/errors.ts";
import type { Context } from "./experiment.ts";
import type { Measure, Measured } from "./measures.ts";
import { someAtOnce } from "./someAtOnce.ts";
import { modelFolder, type SideOptions, type Trained, trainSide } from "./trainSide.ts";
import { jsonText, textIfThere, writeJson } from "./workFiles.ts";

/** One side of a comparison. */
export interface Side {
  /** The name of its folder. */
  readonly name: string;
  /** Its name in tables. */
  readonly label: string;
  readonly options: SideOptions;
}

/** A side trained with one seed. */
export interface SideRun extends Measured {
  readonly seed: number;
  readonly trained: Trained;
}

/** A side with all its seeds. */
export interface SideResult {
  readonly side: Side;
  readonly runs: readonly SideRun[];
}

/** The settings that all sides share. */
export interface Comparison {
  readonly sides: readonly Side[];
  readonly data: PairSource & { readonly kind: "table" };
  readonly dev: PairSource & { readonly kind: "table" };
  readonly measure: Measure;
}

/**
 * Default training options of all sides of all experiments: there is no early stopping, and the best weights on the
 * dev set are evaluated, so that overfitting does not penalise a side.
 */
export const commonOptions: SideOptions = {
  optimizer: "adam",
  learningRate: 0.001,
  schedule: "plateau",
  batch: 64,
  clip: 5,
  lossPer: "token",
  maxLength: 100,
  patience: 0,
  evaluateEvery: 400,
};

/**
 * Trains every side with every seed, and evaluates it. All sides of a seed come before the next seed, so that an
 * interrupted run can compare results early. Finished results in the work folder are reused.
 *
 * @throws UserError if the signal stopped it.
 */
export async function compareSides(
  context: Context,
  comparison: Comparison,
): Promise<SideResult[]> {
  const { sides } = comparison;
  const seeds = Array.from({ length: context.seeds }, (_, index) => index + 1);
  const works = seeds.flatMap((seed) =>
    sides.map(
      (side) => (signal: AbortSignal) => runSide({ ...context, signal }, comparison, side, seed),
    ),
  );
  const runs = await someAtOnce(works, context.jobs, context.signal);
  return sides.map((side, row) => ({
    side,
    runs: seeds.map((_, column) => runs[column * sides.length + row] as SideRun),
  }));
}

async function runSide(
  { work, minutes, threads, signal, log }: Context,
  { data, dev, measure }: Comparison,
  side: Side,
  seed: number,
): Promise<SideRun> {
  const folder = join(work, `${side.name}-${seed}`);
  const tell = (line: string): void => log(`${side.name}, seed ${seed}: ${line}`);
  const trained = await trainSide(
    { folder, data, dev, options: side.options, minutes, seed, threads },
    { signal, log: tell },
  );
  if (signal.aborted) {
    throw new UserError("The experiment was stopped; run the same command again to resume.");
  }
  const path = join(folder, "measured.json");
  const depends = jsonText(measure.depends);
  const known = await textIfThere(path);
  if (known !== null) {
    const kept = JSON.parse(known) as { depends: string; measured: Measured };
    if (kept.depends === depends) return { seed, trained, ...kept.measured };
  }
  tell("measuring");
  const model = await Seq2Seq.load(modelFolder(folder), { threads });
  const measured = await measure.take(model, modelFolder(folder)).finally(() => model.release());
  await writeJson(path, { depends, measured });
  return { seed, trained, ...measured };
}
