import { dateSamples } from "../src/samples/dates.ts";
import type { Recipe } from "./recipe.ts";
import { count, type Row, writeSplit } from "./tables.ts";
import { paths } from "./workFolder.ts";

const sizes = { train: 10_000, dev: 500, test: 1_000 } as const;
const seed = 1;

/** Dates in words, in five languages, to ISO 8601, letter by letter. */
export const dates: Recipe = {
  name: "dates",
  summary: "dates in words, in five languages, to ISO 8601; generated",
  minutes: 3,
  origin: () => `generated dates, seed ${seed}`,
  async prepare({ work }) {
    const { train, dev, test } = sizes;
    // No day occurs twice, so that no part contains answers to another.
    const rows = dateSamples(train + dev + test, seed).map(
      ({ source, target }): Row => [source, target],
    );
    await writeSplit(work, {
      train: rows.slice(0, train),
      dev: rows.slice(train, train + dev),
      test: rows.slice(train + dev),
    });
    return [
      `${count(train)} dates for training, ${count(dev)} for dev, ${count(test)} for the test`,
    ];
  },
  training: ({ work }) => [
    "--data",
    paths.table(work, "train"),
    "--dev",
    paths.table(work, "dev"),
    "--tokenizer",
    "char",
    "--hidden",
    "128",
    "--embedding",
    "32",
    "--dropout",
    "0.1",
    "--learning-rate",
    "0.003",
    "--steps",
    "1300",
    "--evaluate-every",
    "100",
    "--patience",
    "0",
  ],
  evaluations: ({ work }) => [
    ["evaluate", "--data", paths.table(work, "test"), "--metrics", "exact,cer"],
  ],
};
