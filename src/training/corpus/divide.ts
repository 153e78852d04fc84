/** @file The corpus of a run without a given dev set, in two parts: pairs to train on, and dev pairs. */

import { reasonToDrop } from "../../data/droppedPairs.ts";
import type { HeldOut } from "../../data/heldOut.ts";
import { heldOutReader, holdOut, leastToDivide, without } from "../../data/heldOut.ts";
import { counted } from "../../tensor/counted.ts";
import type { FullTrainOptions } from "../plan/options.ts";
import type { Plan } from "../plan/plan.ts";
import { endlessRun } from "../plan/plan.ts";
import type { Tokenizers } from "../storage/model.ts";
import { joined } from "./parts.ts";
import type { RunSources } from "./runSources.ts";

/** The sources of a run, whose corpus may be divided. */
export interface DividedSources {
  readonly sources: RunSources;
  /** Null if nothing is held out. */
  readonly heldOut: HeldOut | null;
  /** What happened, as a sentence; null if the dev set is given, or not wanted. */
  readonly note: string | null;
}

/**
 * Divides the corpus of a run that makes its dev set. The sources of other runs are returned as they are.
 *
 * @throws OptionError if the corpus is too small for a dev set, and nothing else ends the run.
 */
export async function dividedSources(
  { options }: Plan,
  sources: RunSources,
): Promise<DividedSources> {
  if (options.dev?.kind !== "heldOut") return { sources, heldOut: null, note: null };
  const data = joined(sources.data);
  const { total, heldOut } = await holdOut(data);
  const pairs = counted(total, "pair");
  if (heldOut === null) {
    const reason =
      total < leastToDivide
        ? `it has only ${pairs}`
        : `its ${pairs} have too few different sources`;
    // The survey reports a corpus without pairs.
    const note =
      total === 0
        ? null
        : goWithout(`no dev set can be held out of ${data.name}, as ${reason}`, options);
    return { sources, heldOut, note };
  }
  const features = sources.data[0]?.features ?? null;
  return {
    sources: {
      ...sources,
      data: sources.data.map((part) => ({ ...without(part, heldOut), features: part.features })),
      dev: { ...heldOutReader(data, heldOut), features },
    },
    heldOut,
    note: `No dev set is given: ${heldOut.pairs.length.toLocaleString("en")} of the ${pairs} are held out for it.`,
  };
}

/**
 * Checks that a held-out pair is short enough.
 *
 * @returns null if one is; otherwise a sentence that says so, and the run goes without a dev set.
 * @throws OptionError if nothing else ends the run.
 */
export function tooLongNote(
  { pairs }: HeldOut,
  tokenizers: Tokenizers,
  { options }: Plan,
): string | null {
  const most = { source: options.maxLength, target: options.maxLength };
  const isShort = pairs.some((pair) => {
    const lengths = {
      source: tokenizers.source.encodeIds(pair.source).length,
      target: tokenizers.target.encodeIds(pair.target).length,
    };
    return reasonToDrop(lengths, most, "token") === undefined;
  });
  return isShort ? null : goWithout("all held-out pairs are too long", options);
}

function goWithout(why: string, { epochs, minutes, steps }: FullTrainOptions): string {
  if ((epochs ?? minutes ?? steps) === undefined) {
    throw endlessRun(`${why}, and nothing else ends the run`);
  }
  return `${why[0]?.toUpperCase()}${why.slice(1)}; the last weights are kept.`;
}
