/**
 * @file The links between the tokens of a corpus: an indexed file (`files/indexedFile.ts`) without a header, with
 * one record per pair: uint32 source and target of each link.
 */

import { IndexedFile } from "../files/indexedFile.ts";
import type { RandomAccessBytes } from "../files/randomAccess.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";

/** Links between tokens, source and target in turn: s₀ t₀ s₁ t₁ … */
export type TokenLinks = Uint32Array<ArrayBuffer>;

/** The links that `encodeLinks` wrote, read pair by pair. */
export class CorpusLinks {
  private readonly records: IndexedFile;

  private constructor(file: RandomAccessBytes, pairs: number) {
    const indexOffset = file.size - 8 * (pairs + 1);
    const places = { start: 0, count: pairs, indexOffset, multiple: 8 };
    this.records = new IndexedFile(
      file,
      places,
      () =>
        new UserError(
          `${file.name}: it does not hold the links of ${counted(pairs, "pair")}; train again from the corpus.`,
        ),
    );
  }

  /**
   * Opens a file; close it afterwards.
   *
   * @throws UserError if it does not belong to a corpus of this many pairs; the file is then closed.
   */
  static open(file: RandomAccessBytes, pairs: number): CorpusLinks {
    try {
      return new CorpusLinks(file, pairs);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** The name of the file in errors. */
  get path(): string {
    return this.records.name;
  }

  /** The links of a pair, by its number in the encoded corpus. */
  of(pair: number): TokenLinks {
    return new Uint32Array(this.records.read(pair));
  }

  /** Closes the file; nothing can be read afterwards. */
  close(): void {
    this.records.close();
  }
}
