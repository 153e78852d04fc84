/** @file Embeddings that begin as vectors of a file, and perhaps stay as they are. */

import type { EncodedCorpus } from "../../data/encodedCorpus.ts";
import type { ModelConfiguration } from "../../models/configuration.ts";
import { UserError } from "../../tensor/errors.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { specialTokens } from "../../text/specialTokens.ts";
import type { TextTokenizer } from "../../text/tokenizer.ts";
import { openVectorFile } from "../../vectors/nodeVectorFile.ts";
import { TokenVectors } from "../../vectors/tokenVectors.ts";
import type { FullTrainOptions } from "../plan/options.ts";
import type { Arena } from "../step/arena.ts";

type Side = "source" | "target";

/** The files that a run's embeddings begin with. */
function filesOf({
  sourceEmbeddings,
  targetEmbeddings,
}: FullTrainOptions): { readonly side: Side; readonly option: string; readonly path: string }[] {
  const files: { side: Side; option: string; path: string }[] = [];
  if (sourceEmbeddings !== undefined) {
    files.push({ side: "source", option: "--source-embeddings", path: sourceEmbeddings });
  }
  if (targetEmbeddings !== undefined) {
    files.push({ side: "target", option: "--target-embeddings", path: targetEmbeddings });
  }
  return files;
}

/**
 * Makes sure that the options for embeddings go together, and lets the files decide the embeddings' size.
 *
 * @returns the options with that size among them.
 * @throws UserError naming the option that has to change, or the file that cannot be read.
 */
export async function withEmbeddingSize(options: FullTrainOptions): Promise<FullTrainOptions> {
  const files = filesOf(options);
  const { from, freezeEmbeddings, model } = options;
  if (freezeEmbeddings && files.length === 0 && from === undefined) {
    throw new UserError(
      "--freeze-embeddings: random embeddings would never learn; give --source-embeddings, --target-embeddings or --from.",
    );
  }
  let { embedding } = model;
  let because = "";
  for (const { option, path } of files) {
    if (from !== undefined) {
      throw new UserError(
        `${option} ${path}: the model of --from ${from} has its embeddings; leave one of the two out.`,
      );
    }
    const { size } = await openVectorFile(path);
    if (embedding !== undefined && embedding !== size) {
      throw new UserError(
        because === ""
          ? `--embedding ${embedding}: the vectors of ${path} have ${size} numbers; give --embedding ${size}, or leave it out.`
          : `${option} ${path}: its vectors have ${size} numbers and ${because} ${embedding}; both sides need vectors of one size.`,
      );
    }
    embedding = size;
    because = `those of ${path}`;
  }
  return files.length === 0
    ? options
    : { ...options, model: { ...model, embedding } as typeof model };
}

/**
 * Makes sure that a model has the embeddings that a file is given for.
 *
 * @throws UserError naming the option if it has none.
 */
export function checkEmbeddedSides(
  { sourceEmbeddings }: FullTrainOptions,
  { sourceInput }: ModelConfiguration,
): void {
  if (sourceEmbeddings === undefined || sourceInput === "tokens") return;
  throw new UserError(
    `--source-embeddings ${sourceEmbeddings}: the model's source has no embeddings of words; leave it out.`,
  );
}

/**
 * The parameters that a run leaves as they are: with `freezeEmbeddings` the tables that began as vectors of
 * a file, or both tables of the model that the run starts from.
 */
export function frozenParameters(options: FullTrainOptions): string[] {
  if (!options.freezeEmbeddings) return [];
  if (options.from !== undefined) return ["source_embedding", "target_embedding"];
  return filesOf(options).map(({ side }) => `${side}_embedding`);
}

/**
 * Puts the vectors of files into the embedding tables; tokens without one keep the numbers that were drawn.
 *
 * @param log takes a report: how many tokens, and how many of the words of the corpus, have a vector.
 * @throws UserError if a file is damaged, or has no vector for any token.
 */
export async function takeVectors(
  options: FullTrainOptions,
  data: Readonly<Record<Side, TextTokenizer>> & { readonly train: EncodedCorpus },
  parameters: Arena,
  log: (line: string) => void,
): Promise<void> {
  for (const { side, option, path } of filesOf(options)) {
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
      throw new UserError(
        `${option} ${path}: none of the ${tokens} ${side} tokens has a vector; give vectors of the ${side} language, and --tokenizer word:N if they are of whole words.`,
      );
    }
    for (const [id, vector] of found) (view.data as Float32Array).set(vector, id * size);
    const cases = otherCase === 0 ? "" : `, ${count(otherCase)} of them by another case`;
    const kind = data[side].kind === "word" ? "words" : "tokens";
    const share = percent(runningShare(data.train, side, found));
    log(`${capital(side)} embeddings: ${path} (${file.format}, ${size} numbers)`);
    log(
      `  ${count(found.size)} of ${count(tokens)} ${kind} of the vocabulary have a vector (${percent(found.size / tokens)})${cases}; of the running ${kind}, ${share}`,
    );
  }
}

/** The share of a corpus' tokens that have a vector; unknown ones have none. */
function runningShare(
  corpus: EncodedCorpus,
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
