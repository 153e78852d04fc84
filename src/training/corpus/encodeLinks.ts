/**
 * @file Guided alignment (Chen et al. 2016, https://arxiv.org/abs/1607.01628): the loss also
 * draws attention towards given word alignments. Links refer to the words of the text; a link between two words
 * becomes links between all their tokens.
 */

import type { TokenLinks } from "../../data/corpusLinks.ts";
import { reasonToDrop } from "../../data/droppedPairs.ts";
import type { PairTokenizers } from "../../data/encodeCorpus.ts";
import type { HeldOut } from "../../data/heldOut.ts";
import type { PairReader, SentencePair } from "../../data/pairs.ts";
import type { TokenSpan } from "../../decoding/alignment.ts";
import { spacedWords } from "../../decoding/alignment.ts";
import type { AlignmentLink } from "../../evaluation/alignment.ts";
import { parsePharaoh } from "../../evaluation/alignment.ts";
import { IndexedFileWriter } from "../../files/indexedFile.ts";
import type { ByteSink } from "../../files/randomAccess.ts";
import { counted } from "../../tensor/counted.ts";
import { UserError } from "../../tensor/errors.ts";
import type { SourceSigns } from "../../text/sourceSigns.ts";
import { encodingWithSigns } from "../../text/sourceSigns.ts";
import type { LineReader } from "./runSources.ts";

/** Pairs with their word alignments. */
export interface LinkedPairs {
  readonly pairs: PairReader;
  /** One line in Pharaoh format per pair. */
  readonly alignments: LineReader;
  /** Pairs that are left out; each has its line all the same. */
  readonly heldOut?: HeldOut | null;
}

/**
 * Reads the links of a corpus and writes them to a file for `CorpusLinks`. It keeps the same pairs as `encodeCorpus`.
 *
 * @param sink completed at the end, or abandoned after an error.
 * @throws UserError if there are more or fewer lines than pairs, or a link names a missing word.
 */
export async function encodeLinks(
  corpus: LinkedPairs,
  tokenizers: PairTokenizers,
  sink: ByteSink,
  { maxLength, signs }: { readonly maxLength: number; readonly signs?: SourceSigns },
): Promise<void> {
  const records = new IndexedFileWriter(sink, 0);
  const most = { source: maxLength, target: maxLength };
  try {
    for await (const { pair, links, where } of alignedPairs(corpus)) {
      if (corpus.heldOut?.has(pair)) continue;
      const encoded = {
        source: tokenizers.source.encode(pair.source),
        target: tokenizers.target.encode(pair.target),
      };
      const lengths = { source: encoded.source.ids.length, target: encoded.target.ids.length };
      if (reasonToDrop(lengths, most, "token") !== undefined) continue;
      const source = signs ? encodingWithSigns(encoded.source, signs) : encoded.source;
      const tokens = tokenLinks(
        links,
        spacedWords(pair.source, source.words, tokenizers.source),
        spacedWords(pair.target, encoded.target.words, tokenizers.target),
        where,
      );
      await records.add(new Uint8Array(tokens.buffer));
    }
    await records.finish();
  } catch (error) {
    await records.abandon();
    throw error;
  }
}

async function* alignedPairs({
  pairs,
  alignments,
}: LinkedPairs): AsyncGenerator<{ pair: SentencePair; links: AlignmentLink[]; where: string }> {
  const lines = alignments.read();
  let read = 0;
  let count = 0;
  try {
    for await (const pair of pairs.read()) {
      read++;
      const next = await lines.next();
      if (next.done) continue;
      const where = `${alignments.name}:${next.value.line}`;
      count++;
      yield { pair, links: parsePharaoh(next.value.text, where), where };
    }
    while (!(await lines.next()).done) count++;
  } finally {
    await lines.return(undefined);
  }
  if (count === read) return;
  throw new UserError(
    `${alignments.name}: it has ${counted(count, "line")} and ${pairs.name} ${counted(read, "pair")}; give one line for each.`,
  );
}

/** Converts links between words to links between tokens. Throws UserError if a word is missing. */
export function tokenLinks(
  links: readonly AlignmentLink[],
  source: readonly TokenSpan[],
  target: readonly TokenSpan[],
  where: string,
): TokenLinks {
  const tokens: number[] = [];
  for (const [from, to] of links) {
    const [left, right] = [source[from], target[to]];
    if (!left || !right) {
      throw new UserError(
        `${where}: the link ${from}-${to} is of a word that is not there, as the source has ${counted(source.length, "word")} and the target ${target.length}; count them from 0, between white space.`,
      );
    }
    for (let row = right.start; row < right.end; row++) {
      for (let column = left.start; column < left.end; column++) tokens.push(column, row);
    }
  }
  return Uint32Array.from(tokens);
}
