import { join } from "node:path";
import { readPairs } from "../../src/data/node/readPairs.ts";
import { Random } from "../../src/tensor/random.ts";

/** A sentence and its translation. */
export interface Pair {
  readonly source: string;
  readonly target: string;
}

/** The name of a corpus. */
export type CorpusName = "multi30k" | "europarl" | "tatoeba";

/** A corpus of the experiments. */
export interface Corpus {
  /** Its description on pages: contents, origin, licence. */
  readonly about: string;
  readonly train: string;
  readonly dev: string;
  /** Null if there is no separate test set: dev is then split in two. */
  readonly test: string | null;
}

/** French to English, gzipped tables with French in the first column. */
export const corpora: Readonly<Record<CorpusName, Corpus>> = {
  multi30k: {
    about:
      "Multi30k, captions of pictures, French to English, lower-cased and tokenised by its makers (Elliott et al. 2016, 2017). CC BY-NC-SA 4.0: used only for these measurements; no model trained on it is distributed.",
    train: "multi30k.fr-en.train.tsv.gz",
    dev: "multi30k.fr-en.val.tsv.gz",
    test: "multi30k.fr-en.test_2016_flickr.tsv.gz",
  },
  europarl: {
    about:
      "Europarl v7, proceedings of the European Parliament, French to English, 3 to 30 words per side (Koehn 2005). Free of copyright restrictions known to its makers.",
    train: "europarl.fr-en.train.tsv.gz",
    dev: "europarl.fr-en.dev.tsv.gz",
    test: null,
  },
  tatoeba: {
    about:
      "Tatoeba, everyday sentences, French to English, from manythings.org/anki (2019). CC-BY 2.0 FR, attribution: tatoeba.org and manythings.org/anki.",
    train: "tatoeba.fr-en.train.tsv.gz",
    dev: "tatoeba.fr-en.dev.tsv.gz",
    test: null,
  },
};

/** A corpus in three parts without common pairs. */
export interface CorpusParts {
  readonly train: readonly Pair[];
  readonly dev: readonly Pair[];
  readonly test: readonly Pair[];
}

/** The number of dev pairs that select weights, if the others are the test set. */
const heldForDev = 500;

/**
 * Reads a corpus.
 *
 * @param folder `--corpora`.
 * @param most   the maximum number of training pairs, from the start of the file.
 * @throws UserError naming the missing file.
 */
export async function readCorpus(
  folder: string,
  name: CorpusName,
  most: number = Number.POSITIVE_INFINITY,
): Promise<CorpusParts> {
  const corpus = corpora[name];
  const train = await firstPairs(join(folder, corpus.train), most);
  const dev = await firstPairs(join(folder, corpus.dev));
  if (corpus.test !== null) {
    return { train, dev, test: await firstPairs(join(folder, corpus.test)) };
  }
  // Shuffled, because neighbours in a corpus are similar.
  const drawn = new Random(1).shuffle([...dev]);
  return { train, dev: drawn.slice(0, heldForDev), test: drawn.slice(heldForDev) };
}

async function firstPairs(path: string, most = Number.POSITIVE_INFINITY): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for await (const { source, target } of readPairs({ kind: "table", path, columns: ["1", "2"] })) {
    if (source !== "" && target !== "") pairs.push({ source, target });
    if (pairs.length >= most) break;
  }
  return pairs;
}

/** "1,234 pairs for training, 500 for choosing weights, 1,000 for evaluation". */
export function sizesText({ train, dev, test }: CorpusParts): string {
  const [first, second, third] = [train, dev, test].map((part) =>
    part.length.toLocaleString("en-US"),
  );
  return `${first} pairs for training, ${second} for choosing weights, ${third} for evaluation`;
}
