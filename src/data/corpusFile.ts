/**
 * @file The form of a corpus as numbers, so that an epoch need not cut text again: an indexed file
 * (`files/indexedFile.ts`) whose records are blocks of pairs, each a multiple of 4 bytes:
 *
 *     lengths  uint32 [pairs][source, target]
 *     ids      uint16 or uint32: of pair 0 the source, of pair 0 the target, of pair 1 …
 *
 * The ids are without start and end. The header's numbers are the bytes of one id (2 when every id is below
 * 65,536, or else 4), the pairs, the tokens of all sources and of all targets, and where the index begins.
 */

import type { FileKind } from "../files/indexedFile.ts";
import type { SourceSequence } from "../tensor/sequence.ts";

/** How many pairs a block has; the last one may have fewer. */
export const pairsPerBlock = 64;

/** The header of such a file. */
export const corpusKind: FileKind = { magic: "s2spairs", version: 1, counts: 4 };

/** The ids of a pair, without start and end. */
export interface EncodedPair {
  /** The place of the pair in the corpus, from 0 on. */
  readonly number: number;
  /** With what stands at its places, where the corpus has features. */
  readonly source: Int32Array & SourceSequence;
  readonly target: Int32Array;
}

/** Yields how many blocks hold so many pairs. */
export function blockCount(pairs: number): number {
  return Math.ceil(pairs / pairsPerBlock);
}

/** Yields the bytes of a block of pairs. */
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
 * Yields the lengths of the pairs of a block, source and target in turn.
 *
 * @param buffer at least the beginning of the block, at offset 0.
 */
export function unpackLengths(buffer: ArrayBuffer, pairs: number): Uint32Array {
  return new Uint32Array(buffer, 0, 2 * pairs);
}

/**
 * Yields the pairs of a block, or nothing if its lengths do not fit its size. The ids of all pairs
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
