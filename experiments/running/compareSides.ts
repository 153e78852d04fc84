import { join } from "node:path";
import type { PairSource } from "../../src/data/pairs.ts";
import { Seq2Seq } from "../../src/library/seq2seq.ts";
import { UserError } from "../../src/tensor/errors.ts";
import type { Context } from "./experiment.ts";
import type { Measure, Measured } from "./measures.ts";
import { someAtOnce } from "./someAtOnce.ts";
import { modelFolder, type SideOptions, type Trained, trainSide } from "./trainSide.ts";
import { jsonText, textIfThere, writeJson } from "./workFiles.ts";

/** One of the things that are compared. */
export interface Side {
  /** A name for its folder. */
  readonly name: string;
  /** What tables call it. */
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

/** What all sides share. */
export interface Comparison {
  readonly sides: readonly Side[];
  readonly data: PairSource & { readonly kind: "table" };
  readonly dev: PairSource & { readonly kind: "table" };
  readonly measure: Measure;
}

/**
 * What all sides of all experiments are trained with unless they say otherwise: nothing stops early, and the
 * best weights by the dev set count, so that a side that learns too much by heart is not punished for it.
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
 * Trains every side with every seed, and measures each. All sides of a seed come before the next seed, so that
 * a run that is stopped has something to compare early. What is finished in the work folder is kept.
 *
 * @throws UserError if it was stopped by the signal.
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
    throw new UserError("The experiment was stopped; the same command goes on with it.");
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
