/** @file What the programs of a README read, as a model needs it. */

import type { ModelSizes } from "../../models/modelConfiguration.ts";
import { endId, startId } from "../../tensor/specialIds.ts";

/** What the programs read: files of features whose rows have so many numbers, or texts. */
export type ClientSource = FeatureSource | TextSource;

/** Files of features. */
export interface FeatureSource {
  readonly kind: "features";
  readonly rowSize: number;
}

/** Texts, and the ids that a source has before and behind those of its tokens. */
export interface TextSource {
  readonly kind: "text";
  readonly before: readonly number[];
  readonly behind: readonly number[];
}

/** What the programs for a model read. */
export function clientSourceOf(sizes: ModelSizes): ClientSource {
  if (sizes.sourceInput === "features") {
    return { kind: "features", rowSize: sizes.sourceFeatures };
  }
  const before = sizes.sourceStart ? [startId] : [];
  return { kind: "text", before, behind: sizes.sourceEnd ? [endId] : [] };
}

/** Whether the ids of a text are those of its tokens alone. */
export function isBare({ before, behind }: TextSource): boolean {
  return before.length + behind.length === 0;
}

/** Ids with those before and behind them, as a list of a program in which `spread` stands for its elements. */
export function listed(spread: string, whole: string, source: TextSource): string {
  return isBare(source) ? whole : `[${[...source.before, spread, ...source.behind].join(", ")}]`;
}
