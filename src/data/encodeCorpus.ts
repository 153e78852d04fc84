import { headerBytes, IndexedFileWriter, packHeader } from "../files/indexedFile.ts";
import type { ByteSink } from "../files/randomAccess.ts";
import { unknownId } from "../tensor/specialIds.ts";
import type { SourceSigns } from "../text/sourceSigns.ts";
import { withSourceSigns } from "../text/sourceSigns.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { corpusKind, packBlock, pairsPerBlock } from "./corpusFile.ts";
import { DropCounter, type DroppedPairs, reasonToDrop } from "./droppedPairs.ts";
import type { FeatureSources } from "./featureSources.ts";
import { LengthCounter, type Lengths } from "./lengths.ts";
import type { PairReader } from "./pairs.ts";
import { nothingLeft } from "./survey.ts";

/** The tokenizers of both sides; the same one twice if they share a vocabulary. */
export interface PairTokenizers {
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
}

/** How to encode a corpus. */
export interface EncodeOptions extends Partial<SourceSigns> {
  /** The maximum number of tokens of a sentence; longer pairs are dropped. A source's signs do not count. */
  readonly maxLength: number;
  /** Set if sources name files of features; their tokens are then places, which no tokenizer splits. */
  readonly features?: FeatureSources | null;
  /** The maximum length of a source, if it differs. */
  readonly maxSource?: number;
}

/** The results of encoding a corpus. */
export interface EncodingReport {
  /** The number of pairs kept. */
  readonly pairs: number;
  readonly dropped: readonly DroppedPairs[];
  readonly source: EncodedSide;
  readonly target: EncodedSide;
}

/** One side of an encoded corpus. */
export interface EncodedSide {
  /** The number of tokens, without start and end; with those of sources that have them. */
  readonly tokens: number;
  /** How many of them are not in the vocabulary. */
  readonly unknown: number;
  /** The mean number of tokens per sentence. */
  readonly meanLength: number;
  /** The number of tokens of the longest sentence. */
  readonly maxLength: number;
}

/**
 * Tokenizes the sentences of a corpus and writes their ids to a file (format: `corpusFile.ts`), to be
 * opened as an `EncodedCorpus`. The file appears only once it is complete.
 *
 * @param sink completed at the end, or abandoned if anything fails.
 * @throws UserError if the corpus cannot be read, the file cannot be written, or no pair is left.
 */
export async function encodeCorpus(
  corpus: PairReader,
  tokenizers: PairTokenizers,
  sink: ByteSink,
  { maxLength, features, maxSource, sourceStart = false, sourceEnd = false }: EncodeOptions,
): Promise<EncodingReport> {
  const most = { source: maxSource ?? maxLength, target: maxLength };
  const bytesPerId = Math.max(tokenizers.source.size, tokenizers.target.size) <= 2 ** 16 ? 2 : 4;
  const sourceSide = new SideCounter();
  const targetSide = new SideCounter();
  const dropped = new DropCounter();
  const records = new IndexedFileWriter(sink, headerBytes);
  let block: { source: number[]; target: number[] }[] = [];
  let pairs = 0;
  try {
    for await (const pair of corpus.read()) {
      const cut = (await features?.encode(pair)) ?? tokenizers.source.encodeIds(pair.source);
      const target = tokenizers.target.encodeIds(pair.target);
      const lengths = { source: cut.length, target: target.length };
      const reason = reasonToDrop(lengths, most, "token");
      if (reason !== undefined) {
        dropped.add(reason, pair.line);
        continue;
      }
      features?.keep();
      const source = withSourceSigns(cut, { sourceStart, sourceEnd });
      sourceSide.add(source);
      targetSide.add(target);
      pairs++;
      block.push({ source, target });
      if (block.length === pairsPerBlock) {
        await records.add(packBlock(block, bytesPerId));
        block = [];
      }
    }
    if (pairs === 0) throw nothingLeft(corpus, dropped.report());
    if (block.length > 0) await records.add(packBlock(block, bytesPerId));
    await features?.finish();
    const [source, target] = [sourceSide.report(), targetSide.report()];
    const counts = [pairs, source.tokens, target.tokens, records.indexOffset];
    await records.finish(packHeader(corpusKind, { unit: bytesPerId, counts }));
    return { pairs, dropped: dropped.report(), source, target };
  } catch (error) {
    await records.abandon();
    await features?.abandon();
    throw error;
  }
}

/** Collects the statistics of one side of the corpus. */
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
