import { dateSamples } from "../src/samples/dates.ts";
import type { Recipe, RecipeOptions } from "./recipe.ts";
import { type PairOptions, type ShippedCard, ship, writeCard } from "./shipped.ts";
import { count, type Row, writeSplit, writeTable } from "./tables.ts";
import { paths } from "./workFolder.ts";

const sizes = { train: 10_000, dev: 500, test: 1_000 } as const;
const seed = 1;

/** Raised with every change that makes another model. */
const version = 1;
const name = "studio/dates";

/** Days that each evaluation records, for the scene that shows how the model learned. */
const watch: readonly Row[] = [
  ["le 14 juillet 1989", "1989-07-14"],
  ["the 3rd of March, 1987", "1987-03-03"],
  ["9. November 1989", "1989-11-09"],
];

const card: ShippedCard = {
  recipe: name,
  version,
  title: "Dates → ISO 8601, letter by letter",
  languages: {
    source: "dates in English, French, German, Spanish and Chinese",
    target: "ISO 8601",
  },
  data: [
    {
      name: `${count(sizes.train)} dates made by seq2see's own generator (dateSamples, seed ${seed})`,
      licence: "MIT",
      attribution: "seq2see",
      pairs: sizes.train,
    },
  ],
  notes:
    "It reads letters, and knows days from 1800 to 2099 as people write them in five languages.",
  examples: [
    ["the 3rd of March, 1987", "3 March 1987", "1987 年 3 月 3 日"],
    ["le 14 juillet 1989", "14 July 1989", "1989 年 7 月 14 日"],
    ["9. November 1989", "9 November 1989", "1989 年 11 月 9 日"],
    ["20 de julio de 1969", "20 July 1969", "1969 年 7 月 20 日"],
    ["二〇二四年二月二十九日", "29 February 2024", "2024 年 2 月 29 日"],
  ],
  chinese: {
    title: "日期 → ISO 8601，逐字符",
    languages: { source: "英语、法语、德语、西班牙语或中文的日期", target: "ISO 8601 格式" },
    notes: "它逐个字符地读，认识人们用五种语言书写的 1800 年到 2099 年之间的日期。",
  },
};

/** Dates in words, in five languages, to ISO 8601, letter by letter. */
export const dates: Recipe = {
  name,
  alias: "dates",
  summary: "dates in words, in five languages, to ISO 8601: a model of the studio; generated",
  minutes: null,
  origin: () => `generated dates, seed ${seed}, for ${name}, version ${version}`,
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
    await writeTable(work, "watch", watch);
    await writeCard(work, card);
    return [
      `${count(train)} dates for training, ${count(dev)} for dev, ${count(test)} for the test`,
    ];
  },
  training: ({ work }) => [
    ...["--data", paths.table(work, "train"), "--dev", paths.table(work, "dev")],
    ...["--watch", paths.table(work, "watch")],
    ...["--tokenizer", "char", "--hidden", "128", "--embedding", "32", "--dropout", "0.1"],
    ...["--batch", "64", "--learning-rate", "0.003", "--schedule", "warmup:100+linear"],
    ...["--steps", "1500", "--evaluate-every", "50"],
    ...["--patience", "0", "--keep-best", "perplexity"],
  ],
  finish: (options, runner) => {
    const test = [
      ...testSet(options),
      "--set",
      `${count(sizes.test)} dates that were not trained on`,
    ];
    return ship(options.work, { compared: testSet(options), recorded: [test] }, runner);
  },
  evaluations: (options) =>
    ["1", "5"].map((beam) => [
      ...["evaluate", ...testSet(options), "--beam", beam, "--metrics", "exact,cer"],
    ]),
};

const testSet = ({ work }: RecipeOptions): PairOptions => ["--data", paths.table(work, "test")];
