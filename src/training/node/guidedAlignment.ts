/**
 * @file Guided alignment (Chen et al. 2016, https://arxiv.org/abs/1607.01628): links between words from
 * outside, which attention is taught besides the translation. Links are over the words of the text; a link
 * of two words becomes links of all their tokens.
 */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { reasonToDrop } from "../../data/droppedPairs.ts";
import type { PairTokenizers } from "../../data/encodeCorpus.ts";
import { readLines } from "../../data/node/lines.ts";
import { readPairs } from "../../data/node/readPairs.ts";
import type { PairSource, SentencePair } from "../../data/pairs.ts";
import { describeSource } from "../../data/pairs.ts";
import type { TokenSpan } from "../../decoding/alignment.ts";
import { spacedWords } from "../../decoding/alignment.ts";
import type { AlignmentLink } from "../../evaluation/alignment.ts";
import { parsePharaoh } from "../../evaluation/alignment.ts";
import type { ModelConfiguration } from "../../models/configuration.ts";
import { UserError } from "../../tensor/errors.ts";
import type { TensorValue } from "../../tensor/value.ts";

/**
 * Makes sure that a model can be taught links between words.
 *
 * @throws UserError if it has no attention, or reads features, which have no words.
 */
export function checkAlignedSides(
  { guidedAlignment: path }: { readonly guidedAlignment?: string | undefined },
  { attention, sourceInput }: ModelConfiguration,
): void {
  if (path === undefined) return;
  if (attention === "none") {
    throw new UserError(
      `--guided-alignment ${path}: a model without attention aligns nothing; leave it out, or choose another --attention.`,
    );
  }
  if (sourceInput === "features") {
    throw new UserError(
      `--guided-alignment ${path}: links are of words, and the sources of this model are files of features; leave it out.`,
    );
  }
}

/** Links of tokens, source and target in turn: s₀ t₀ s₁ t₁ … */
export type TokenLinks = Uint32Array;

/**
 * Reads the links of a corpus and writes them to a file, a piece for each pair that is kept: uint32 source
 * and target of each link, and behind all of them float64 [pairs + 1], where each piece begins and the last
 * one ends. Its pairs are those of `encodeCorpus`.
 *
 * @param path       the file to write.
 * @param alignments a line in the Pharaoh format for each pair.
 * @throws UserError if there are more or fewer lines than pairs, or a link names a word that is not there.
 */
export async function encodeLinks(
  source: PairSource,
  alignments: string,
  tokenizers: PairTokenizers,
  path: string,
  { maxLength }: { readonly maxLength: number },
): Promise<void> {
  const partial = `${path}.partial`;
  const handle = await open(partial, "w");
  try {
    const most = { source: maxLength, target: maxLength };
    const offsets = [0];
    let waiting: Uint8Array[] = [];
    const flush = async (): Promise<void> => {
      await handle.writeFile(Buffer.concat(waiting));
      waiting = [];
    };
    for await (const { pair, links, where } of alignedPairs(source, alignments)) {
      const encoded = {
        source: tokenizers.source.encode(pair.source),
        target: tokenizers.target.encode(pair.target),
      };
      const lengths = { source: encoded.source.ids.length, target: encoded.target.ids.length };
      if (reasonToDrop(lengths, most, "tokens") !== undefined) continue;
      const tokens = tokenLinks(
        links,
        spacedWords(pair.source, encoded.source.words),
        spacedWords(pair.target, encoded.target.words),
        where,
      );
      waiting.push(new Uint8Array(tokens.buffer));
      offsets.push((offsets.at(-1) as number) + tokens.byteLength);
      if (waiting.length === 1024) await flush();
    }
    waiting.push(new Uint8Array(Float64Array.from(offsets).buffer));
    await flush();
    await handle.sync();
    await handle.close();
    await rename(partial, path);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(partial, { force: true });
    throw error;
  }
}

async function* alignedPairs(
  source: PairSource,
  alignments: string,
): AsyncGenerator<{ pair: SentencePair; links: AlignmentLink[]; where: string }> {
  const lines = readLines(alignments);
  let pairs = 0;
  let count = 0;
  try {
    for await (const pair of readPairs(source)) {
      pairs++;
      const next = await lines.next();
      if (next.done) continue;
      const where = `${alignments}:${next.value.line}`;
      count++;
      yield { pair, links: parsePharaoh(next.value.text, where), where };
    }
    while (!(await lines.next()).done) count++;
  } finally {
    await lines.return(undefined);
  }
  if (count === pairs) return;
  throw new UserError(
    `--guided-alignment ${alignments}: it has ${count} lines and ${describeSource(source)} ${pairs} pairs; give one line for each.`,
  );
}

/** The links of tokens that links of words amount to. Throws UserError if a word is not there. */
export function tokenLinks(
  links: readonly AlignmentLink[],
  source: readonly TokenSpan[],
  target: readonly TokenSpan[],
  where: string,
): Uint32Array<ArrayBuffer> {
  const tokens: number[] = [];
  for (const [from, to] of links) {
    const [left, right] = [source[from], target[to]];
    if (!left || !right) {
      throw new UserError(
        `${where}: the link ${from}-${to} is of a word that is not there, as the source has ${source.length} words and the target ${target.length}; count them from 0, between white space.`,
      );
    }
    for (let row = right.start; row < right.end; row++) {
      for (let column = left.start; column < left.end; column++) tokens.push(column, row);
    }
  }
  return Uint32Array.from(tokens);
}

/** The links that {@link encodeLinks} wrote, read pair by pair. */
export class CorpusLinks {
  /** The file they are read from. */
  readonly path: string;
  private readonly file: number;
  private readonly offsets: Float64Array;

  /** @throws UserError if the file is missing, or not that of a corpus with so many pairs. */
  constructor(path: string, pairs: number) {
    this.path = path;
    try {
      this.file = openSync(path, "r");
    } catch (error) {
      throw new UserError(
        `${path}: cannot be opened (${(error as Error).message}); train again from the corpus.`,
      );
    }
    const indexBytes = 8 * (pairs + 1);
    const indexAt = fstatSync(this.file).size - indexBytes;
    this.offsets =
      indexAt < 0 ? new Float64Array(0) : new Float64Array(this.bytes(indexAt, indexBytes));
    const isOrdered = this.offsets.every(
      (offset, pair) => offset % 8 === 0 && offset >= (this.offsets[pair - 1] ?? 0),
    );
    if (!isOrdered || this.offsets[0] !== 0 || this.offsets.at(-1) !== indexAt) {
      closeSync(this.file);
      throw new UserError(
        `${path}: it does not hold the links of ${pairs} pairs; train again from the corpus.`,
      );
    }
  }

  /** The links of a pair, by its number in the encoded corpus. */
  of(pair: number): TokenLinks {
    const [start, end] = [this.offsets[pair] as number, this.offsets[pair + 1] as number];
    return new Uint32Array(this.bytes(start, end - start));
  }

  private bytes(start: number, length: number): ArrayBuffer {
    const bytes = new Uint8Array(length);
    if (readSync(this.file, bytes, 0, length, start) !== length) {
      throw new UserError(`${this.path}: it was cut short; train again from the corpus.`);
    }
    return bytes.buffer;
  }
}

/**
 * The links of a batch as `alignmentLoss` takes them: float32 `[target, batch, source]`. The weight of a
 * target token is shared evenly by the source tokens that it is linked to; tokens without links, and the
 * end, have none.
 *
 * @param sizes   of the padded batch.
 * @param lengths of the sources, which are turned if `isReversed`.
 */
export function linkWeights(
  links: readonly TokenLinks[],
  lengths: readonly number[],
  sizes: Readonly<Record<string, number>>,
  isReversed: boolean,
): TensorValue {
  const { batch, source, target } = sizes as { batch: number; source: number; target: number };
  const data = new Float32Array(target * batch * source);
  links.forEach((own, row) => {
    const columns = new Map<number, Set<number>>();
    for (let at = 0; at < own.length; at += 2) {
      const [from, to] = [own[at] as number, own[at + 1] as number];
      const read = isReversed ? (lengths[row] as number) - 1 - from : from;
      columns.set(to, (columns.get(to) ?? new Set()).add(read));
    }
    for (const [to, linked] of columns) {
      for (const column of linked) data[(to * batch + row) * source + column] = 1 / linked.size;
    }
  });
  return { dtype: "float32", shape: [target, batch, source], data };
}
