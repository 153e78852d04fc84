/**
 * @file The format of a corpus as numbers, so that no epoch has to tokenize text again: an indexed file
 * (`files/indexedFile.ts`) whose records are blocks of pairs, each a multiple of 4 bytes:
 *
 *     lengths  uint32 [pairs][source, target]
 *     ids      uint16 or uint32: source of pair 0, target of pair 0, source of pair 1 …
 *
 * The ids have no start and end. The header's numbers are the bytes per id (2 if every id is below
 * 65,536, otherwise 4), the pairs, the tokens of all sources and of all targets, and the offset of the index.
 */

import type { FileKind } from "../files/indexedFile.ts";
import type { SourceSequence } from "../tensor/sequence.ts";

/** The number of pairs in a block; the last block may have fewer. */
export const pairsPerBlock = 64;

/** The header of such a file. */
export const corpusKind: FileKind = { magic: "s2spairs", version: 1, counts: 4 };

/** The ids of a pair, without start and end. */
export interface EncodedPair {
  /** The index of the pair in the corpus, from 0. */
  readonly number: number;
  /** Includes the features of its places, if the corpus has features. */
  readonly source: Int32Array & SourceSequence;
  readonly target: Int32Array;
}

/** Returns the number of blocks for a number of pairs. */
export function blockCount(pairs: number): number {
  return Math.ceil(pairs / pairsPerBlock);
}

/** Returns the bytes of a block of pairs. */
export function packBlock(
  pairs: readonly { readonly source: readonly number[]; readonly target: readonly number[] }[],
  bytesPerId: 2 | 4,
): Uint8Array {
  const lengths = pairs.flatMap(({ source, target }) => [source.length, target.length]);
  const ids = lengths.reduce((sum, length) => sum + length, 0);
  const size = lengths.length * 4 + ids * bytesPerId;
  const buffer = new ArrayBuffer(Math.ceil(size / 4) * 4);
  new Uint32Array(buffer, 0, lengths.length).set(lengths);
  const values = idsIn(buffer, lengths.length * 4, ids, bytesPerId);
  let at = 0;
  for (const { source, target } of pairs) {
    values.set(source, at);
    values.set(target, at + source.length);
    at += source.length + target.length;
  }
  return new Uint8Array(buffer);
}

/**
 * Returns the lengths of the pairs of a block, source and target in turn.
 *
 * @param buffer at least the start of the block, at offset 0.
 */
export function unpackLengths(buffer: ArrayBuffer, pairs: number): Uint32Array {
  return new Uint32Array(buffer, 0, 2 * pairs);
}

/**
 * Returns the pairs of a block, or undefined if its lengths do not match its size. The ids of all pairs
 * are views of one array.
 *
 * @param first the number of the first pair.
 */
export function unpackBlock(
  buffer: ArrayBuffer,
  pairs: number,
  bytesPerId: 2 | 4,
  first: number,
): EncodedPair[] | undefined {
  const lengths = unpackLengths(buffer, pairs);
  const count = lengths.reduce((sum, length) => sum + length, 0);
  if (Math.ceil((lengths.byteLength + count * bytesPerId) / 4) * 4 !== buffer.byteLength) {
    return undefined;
  }
  const ids = new Int32Array(idsIn(buffer, lengths.byteLength, count, bytesPerId));
  let at = 0;
  const take = (length: number): Int32Array => {
    at += length;
    return ids.subarray(at - length, at);
  };
  return Array.from({ length: pairs }, (_, index) => ({
    number: first + index,
    source: take(lengths[2 * index] as number),
    target: take(lengths[2 * index + 1] as number),
  }));
}

function idsIn(
  buffer: ArrayBuffer,
  offset: number,
  count: number,
  bytesPerId: 2 | 4,
): Uint16Array | Uint32Array {
  return bytesPerId === 2
    ? new Uint16Array(buffer, offset, count)
    : new Uint32Array(buffer, offset, count);
}
