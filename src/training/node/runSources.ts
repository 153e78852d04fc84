import { keepStreams } from "../../data/node/keptStreams.ts";
import { readLines } from "../../data/node/lines.ts";
import { pairReader, sourceFolder } from "../../data/node/readPairs.ts";
import type { PairSource } from "../../data/pairs.ts";
import { pathsOf, sourceFile } from "../../data/pairs.ts";
import { listedPath, readFeatureFile } from "../../features/nodeFeatureFile.ts";
import { gridOf } from "../../features/patches.ts";
import type { ModelConfiguration } from "../../models/configuration.ts";
import type { PairsOfRun, RunSources } from "../corpus/runSources.ts";
import type { FullTrainOptions } from "../plan/options.ts";

/** Opens the files named by a run's options. Files of features are relative to the folder of the pairs' file. */
export function sourcesInFiles(
  options: FullTrainOptions,
  configuration: ModelConfiguration,
): RunSources {
  const { dev, watch, guidedAlignment } = options;
  const data = [options.data].flat() as readonly PairSource[];
  const given = dev?.kind === "heldOut" ? undefined : dev;
  const paths = [...data, given, watch].flatMap((source) => (source ? pathsOf(source) : []));
  const pairs = (source: PairSource): PairsOfRun => {
    const grid = gridOf(configuration);
    const read = (name: string) =>
      readFeatureFile(listedPath(sourceFolder(source), name), grid, name);
    const hasFeatures = configuration.sourceInput === "features";
    const reader = pairReader(source);
    return {
      name: reader.name,
      async *read() {
        // Each file is read twice, which a pipe does not allow.
        await keepStreams(paths);
        yield* reader.read();
      },
      features: hasFeatures ? { origin: sourceFile(source), read } : null,
    };
  };
  return {
    data: data.map(pairs),
    dev: given ? pairs(given) : null,
    watch: watch ? pairs(watch) : null,
    alignments:
      guidedAlignment === undefined
        ? null
        : { name: guidedAlignment, read: () => readLines(guidedAlignment) },
  };
}
