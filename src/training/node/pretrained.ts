/** @file Embeddings that begin as vectors of a file, and perhaps stay as they are. */

import type { TrainingCorpus } from "../../data/trainingCorpus.ts";
import { OptionError } from "../../options/optionError.ts";
import { counted } from "../../tensor/counted.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { specialTokens } from "../../text/specialTokens.ts";
import type { TextTokenizer } from "../../text/tokenizer.ts";
import { openVectorFile } from "../../vectors/nodeVectorFile.ts";
import { TokenVectors } from "../../vectors/tokenVectors.ts";
import type { FullTrainOptions, TrainOptions } from "../plan/options.ts";
import type { Arena } from "../step/arena.ts";

const sides = ["source", "target"] as const;

type Side = (typeof sides)[number];

/** The options that name files of word vectors, by side. */
const vectorOptions = { source: "sourceEmbeddings", target: "targetEmbeddings" } as const;

/**
 * The size of the named word vectors, by side.
 *
 * @throws UserError if a file cannot be read.
 */
export async function vectorSizes(
  options: Pick<TrainOptions, "sourceEmbeddings" | "targetEmbeddings">,
): Promise<Readonly<Partial<Record<Side, number>>>> {
  const sizes: Partial<Record<Side, number>> = {};
  for (const side of sides) {
    const path = options[vectorOptions[side]];
    if (path !== undefined) sizes[side] = (await openVectorFile(path)).size;
  }
  return sizes;
}

/**
 * Copies word vectors into the embedding tables; tokens without a vector keep their random initial values.
 *
 * @param log receives a report: how many tokens of the vocabulary and of the corpus have a vector.
 * @throws UserError if a file is damaged, or has no vector for any token.
 */
export async function takeVectors(
  options: FullTrainOptions,
  data: Readonly<Record<Side, TextTokenizer>> & { readonly train: TrainingCorpus },
  parameters: Arena,
  log: (line: string) => void,
): Promise<void> {
  for (const side of sides) {
    const key = vectorOptions[side];
    const path = options[key];
    if (path === undefined) continue;
    const view = parameters.views.get(`${side}_embedding`) as TensorValue;
    const [, size] = view.shape as [number, number];
    const file = await openVectorFile(path);
    const vectors = new TokenVectors(data[side]);
    for await (const { word, vector } of file.read((each) => vectors.isWanted(each))) {
      vectors.add(word, vector);
    }
    const found = vectors.found();
    const { tokens, otherCase } = vectors.coverage();
    if (found.size === 0) {
      throw new OptionError({
        key,
        value: path,
        problem: `none of the ${tokens} ${side} tokens has a vector`,
        remedy: `give vectors of the ${side} language, and {tokenizer=word:N} if they are of whole words`,
      });
    }
    for (const [id, vector] of found) (view.data as Float32Array).set(vector, id * size);
    const cases = otherCase === 0 ? "" : `, ${count(otherCase)} of them by another case`;
    const kind = data[side].kind === "word" ? "words" : "tokens";
    const share = percent(runningShare(data.train, side, found));
    log(`${capital(side)} embeddings: ${path} (${file.format}, ${counted(size, "number")})`);
    log(
      `  ${count(found.size)} of ${count(tokens)} ${kind} of the vocabulary have a vector (${percent(found.size / tokens)})${cases}; of the running ${kind}, ${share}`,
    );
  }
}

/** The share of a corpus's tokens that have a vector; unknown tokens have none. */
function runningShare(
  corpus: TrainingCorpus,
  side: Side,
  found: ReadonlyMap<number, unknown>,
): number {
  let all = 0;
  let covered = 0;
  for (let block = 0; block < corpus.blocks; block++) {
    for (const pair of corpus.read([block])) {
      for (const id of pair[side]) {
        all++;
        if (id >= specialTokens.length && found.has(id)) covered++;
      }
    }
  }
  return covered / Math.max(1, all);
}

const count = (value: number): string => value.toLocaleString("en");
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
