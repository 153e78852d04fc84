import { existsSync } from "node:fs";
import { join } from "node:path";
import { readPairs } from "../src/data/node/readPairs.ts";
import { UserError } from "../src/tensor/errors.ts";
import type { Command, Recipe, RecipeOptions } from "./recipe.ts";
import { count } from "./tables.ts";

/** A corpus of French-English pairs, in files that the user provides. */
interface Corpus {
  readonly train: string;
  readonly dev: string;
  /** The evaluation set: a test set if there is one, otherwise dev. */
  readonly measured: string;
  readonly training: Command;
  readonly evaluation: Command;
}

const size = [
  "--tokenizer",
  "bpe:8000",
  "--hidden",
  "512",
  "--embedding",
  "256",
  "--label-smoothing",
  "0.1",
  "--average",
  "0.97",
  "--patience",
  "0",
];

/** The learning rate reaches 0 at the end of the time, on any machine. */
const pace = ["--schedule", "warmup:300+linear", "--evaluate-every", "1000"];

/** The corpora by their names in `--corpus`. */
export const corpora: Readonly<Record<string, Corpus>> = {
  tatoeba: {
    train: "tatoeba.fr-en.train.tsv.gz",
    dev: "tatoeba.fr-en.dev.tsv.gz",
    measured: "tatoeba.fr-en.dev.tsv.gz",
    training: [...size, "--dropout", "0.3", "--max-length", "50", ...pace],
    evaluation: ["--metrics", "bleu,chrf"],
  },
  europarl: {
    train: "europarl.fr-en.train.tsv.gz",
    dev: "europarl.fr-en.dev.tsv.gz",
    measured: "europarl.fr-en.dev.tsv.gz",
    training: [...size, "--dropout", "0.2", "--max-length", "60", ...pace],
    evaluation: ["--metrics", "bleu,chrf"],
  },
  // The run that docs/training.md describes.
  multi30k: {
    train: "multi30k.fr-en.train.tsv.gz",
    dev: "multi30k.fr-en.val.tsv.gz",
    measured: "multi30k.fr-en.test_2016_flickr.tsv.gz",
    training: [...size, "--dropout", "0.4", "--schedule", "halve:8", "--epochs", "13"],
    evaluation: ["--metrics", "bleu,chrf", "--bleu-tokenizer", "none"],
  },
};

const defaultFolder = "../shared/data";

/** French to English, with corpora that the user provides. */
export const translation: Recipe = {
  name: "translation",
  summary: `French to English: --corpus ${Object.keys(corpora).join(", ")}, files of --corpora`,
  variant: (options) => corpusOf(options)[0],
  minutes: 58,
  hasCorpora: true,
  origin: (options) => `${corpusOf(options)[0]} in ${folderOf(options)}`,
  async prepare(options) {
    const { train, dev, measured } = filesOf(options);
    const held = new Map<string, Set<string>>();
    for (const path of new Set([dev, measured])) held.set(path, await pairsOf(path));
    const seen = new Map([...held.keys()].map((path) => [path, new Set<string>()]));
    let pairs = 0;
    for await (const { source, target } of readPairs(table(train))) {
      pairs++;
      const pair = `${source}\t${target}`;
      for (const [path, own] of held) if (own.has(pair)) seen.get(path)?.add(pair);
    }
    return [
      `${train}: ${count(pairs)} training pairs`,
      ...[...held].map(
        ([path, own]) =>
          `${path}: ${count(own.size)} different pairs, ${count(seen.get(path)?.size ?? 0)} of them also in train`,
      ),
    ];
  },
  training(options) {
    const { train, dev } = filesOf(options);
    return ["--data", train, "--dev", dev, ...corpusOf(options)[1].training];
  },
  evaluations(options) {
    const { measured } = filesOf(options);
    return [["evaluate", "--data", measured, "--beam", "5", ...corpusOf(options)[1].evaluation]];
  },
};

function folderOf({ corpora: folder = defaultFolder }: RecipeOptions): string {
  return folder;
}

/** The requested corpus, and its name. */
function corpusOf({ corpus: name = "tatoeba" }: Pick<RecipeOptions, "corpus">): [string, Corpus] {
  const corpus = Object.hasOwn(corpora, name) ? corpora[name] : undefined;
  if (corpus) return [name, corpus];
  throw new UserError(`--corpus ${name}: choose one of ${Object.keys(corpora).join(", ")}.`);
}

/** The paths of the files, which stay in place. */
function filesOf(options: RecipeOptions): Pick<Corpus, "train" | "dev" | "measured"> {
  const [, { train, dev, measured }] = corpusOf(options);
  const pathOf = (name: string): string => {
    const path = join(folderOf(options), name);
    if (existsSync(path)) return path;
    throw new UserError(
      `--corpora ${folderOf(options)}: ${name} is missing; give the folder that contains it (docs/recipes.md lists its files).`,
    );
  };
  return { train: pathOf(train), dev: pathOf(dev), measured: pathOf(measured) };
}

const table = (path: string) => ({ kind: "table", path, columns: ["1", "2"] }) as const;

async function pairsOf(path: string): Promise<Set<string>> {
  const pairs = new Set<string>();
  for await (const { source, target } of readPairs(table(path))) pairs.add(`${source}\t${target}`);
  return pairs;
}
