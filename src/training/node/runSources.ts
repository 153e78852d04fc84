import { join } from "node:path";
import { readLines } from "../../data/node/lines.ts";
import { pairReader, sourceFolder } from "../../data/node/readPairs.ts";
import type { PairSource } from "../../data/pairs.ts";
import { sourceFile } from "../../data/pairs.ts";
import { readFeatureFile } from "../../features/nodeFeatureFile.ts";
import { gridOf } from "../../features/patches.ts";
import type { ModelConfiguration } from "../../models/configuration.ts";
import type { PairsOfRun, RunSources } from "../corpus/runSources.ts";
import type { FullTrainOptions } from "../plan/options.ts";

/** What a run's options name, as files; sources that are files of features lie relative to that of the pairs. */
export function sourcesInFiles(
  options: FullTrainOptions,
  configuration: ModelConfiguration,
): RunSources {
  const pairs = (source: PairSource): PairsOfRun => {
    const grid = gridOf(configuration);
    const read = (name: string) => readFeatureFile(join(sourceFolder(source), name), grid, name);
    const hasFeatures = configuration.sourceInput === "features";
    return {
      ...pairReader(source),
      features: hasFeatures ? { origin: sourceFile(source), read } : null,
    };
  };
  const { data, dev, watch, guidedAlignment } = options;
  return {
    data: pairs(data),
    dev: dev ? pairs(dev) : null,
    watch: watch ? pairs(watch) : null,
    alignments:
      guidedAlignment === undefined
        ? null
        : { name: guidedAlignment, read: () => readLines(guidedAlignment) },
  };
}
