import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { UserError } from "../tensor/errors.ts";
import { unknownId } from "../tensor/specialIds.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { headerBytes, packBlock, packHeader, pairsPerBlock } from "./corpusFile.ts";
import { DropCounter, type DroppedPairs, reasonToDrop } from "./droppedPairs.ts";
import type { FeatureSources } from "./featureSources.ts";
import { LengthCounter, type Lengths } from "./lengths.ts";
import { readPairs } from "./node/readPairs.ts";
import type { PairSource } from "./pairs.ts";
import { nothingLeft } from "./survey.ts";

/** The tokenizers of both sides; the same one twice where they share a vocabulary. */
export interface PairTokenizers {
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
}

/** How a corpus is encoded. */
export interface EncodeOptions {
  /** The most tokens that a sentence may have; longer pairs are dropped. */
  readonly maxLength: number;
  /** Where sources name files of features; their tokens are places then, which no tokenizer cuts. */
  readonly features?: FeatureSources | null;
  /** The most that a source may have, if that is another number. */
  readonly maxSource?: number;
}

/** What became of a corpus when it was encoded. */
export interface EncodingReport {
  /** How many pairs were kept. */
  readonly pairs: number;
  readonly dropped: readonly DroppedPairs[];
  readonly source: EncodedSide;
  readonly target: EncodedSide;
}

/** One side of an encoded corpus. */
export interface EncodedSide {
  /** How many tokens there are, without start and end. */
  readonly tokens: number;
  /** How many of them the vocabulary does not hold. */
  readonly unknown: number;
  /** The tokens of the mean sentence. */
  readonly meanLength: number;
  /** The tokens of the longest sentence. */
  readonly maxLength: number;
}

/**
 * Cuts the sentences of a corpus into ids and writes them to a file (its form: `corpusFile.ts`), to be
 * opened as an `EncodedCorpus`. The file appears only once it is complete.
 *
 * @param path    the file to write; one of that name is replaced.
 * @throws UserError if the corpus cannot be read, the file cannot be written, or no pair is left.
 */
export async function encodeCorpus(
  source: PairSource,
  tokenizers: PairTokenizers,
  path: string,
  options: EncodeOptions,
): Promise<EncodingReport> {
  const partial = `${path}.partial`;
  const handle = await openForWriting(partial, path);
  try {
    const report = await writeCorpus(handle, source, tokenizers, path, options);
    await options.features?.finish();
    await publish(handle, partial, path);
    return report;
  } catch (error) {
    await handle.close().catch(() => {});
    await options.features?.abandon();
    await rm(partial, { force: true });
    throw error;
  }
}

async function openForWriting(partial: string, path: string): Promise<FileHandle> {
  try {
    return await open(partial, "w");
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Gives a complete file its name. */
async function publish(handle: FileHandle, partial: string, path: string): Promise<void> {
  try {
    await handle.sync();
    await handle.close();
    await rename(partial, path);
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function write(
  handle: FileHandle,
  bytes: Uint8Array,
  offset: number,
  path: string,
): Promise<void> {
  try {
    for (let at = 0; at < bytes.length; ) {
      at += (await handle.write(bytes, at, bytes.length - at, offset + at)).bytesWritten;
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): UserError {
  return new UserError(
    `${path}: cannot be written (${(error as Error).message}); check the folder and the space left.`,
  );
}

async function writeCorpus(
  handle: FileHandle,
  source: PairSource,
  tokenizers: PairTokenizers,
  path: string,
  { maxLength, features, maxSource }: EncodeOptions,
): Promise<EncodingReport> {
  const most = { source: maxSource ?? maxLength, target: maxLength };
  const bytesPerId = Math.max(tokenizers.source.size, tokenizers.target.size) <= 2 ** 16 ? 2 : 4;
  const sourceSide = new SideCounter();
  const targetSide = new SideCounter();
  const dropped = new DropCounter();
  const index: number[] = [];
  let block: { source: number[]; target: number[] }[] = [];
  let pairs = 0;
  let offset = headerBytes;
  const flush = async (): Promise<void> => {
    const bytes = packBlock(block, bytesPerId);
    await write(handle, bytes, offset, path);
    index.push(offset);
    offset += bytes.length;
    block = [];
  };
  for await (const pair of readPairs(source)) {
    const encoded = {
      source: (await features?.encode(pair)) ?? tokenizers.source.encodeIds(pair.source),
      target: tokenizers.target.encodeIds(pair.target),
    };
    const lengths = { source: encoded.source.length, target: encoded.target.length };
    const reason = reasonToDrop(lengths, most, "tokens");
    if (reason !== undefined) {
      dropped.add(reason, pair.line);
      continue;
    }
    features?.keep();
    sourceSide.add(encoded.source);
    targetSide.add(encoded.target);
    pairs++;
    block.push(encoded);
    if (block.length === pairsPerBlock) await flush();
  }
  if (pairs === 0) throw nothingLeft(source, dropped.report());
  if (block.length > 0) await flush();
  const report = {
    pairs,
    dropped: dropped.report(),
    source: sourceSide.report(),
    target: targetSide.report(),
  };
  const header = packHeader({
    bytesPerId,
    pairs,
    sourceTokens: report.source.tokens,
    targetTokens: report.target.tokens,
    indexOffset: offset,
  });
  const indexBytes = new Uint8Array(Float64Array.from([...index, offset]).buffer);
  await write(handle, indexBytes, offset, path);
  await write(handle, header, 0, path);
  return report;
}

/** Sums up one side of the corpus. */
class SideCounter {
  private readonly lengths = new LengthCounter();
  private unknown = 0;

  add(ids: readonly number[]): void {
    this.lengths.add(ids.length);
    for (const id of ids) if (id === unknownId) this.unknown++;
  }

  report(): EncodedSide {
    const { total, mean, max }: Lengths = this.lengths.report();
    return { tokens: total, unknown: this.unknown, meanLength: mean, maxLength: max };
  }
}
