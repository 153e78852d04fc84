import { UserError } from "../tensor/errors.ts";
import type { FeatureInput } from "../tensor/sequence.ts";
import { placeIds } from "../text/placeTokenizer.ts";
import type { FeatureWriter } from "./featureStore.ts";
import type { SentencePair } from "./pairs.ts";

/** Reads the features that a source names. */
export interface FeatureReader {
  /** The name in errors of the text that contains the names: a file. */
  readonly origin: string;
  read(name: string): Promise<FeatureInput>;
}

/**
 * Sources of a corpus that name features. Features that several pairs name are read and written into a
 * `FeatureStore` only once.
 */
export class FeatureSources {
  private readonly reader: FeatureReader;
  private readonly writer: FeatureWriter;
  /** Record and positions of each name. */
  private readonly known: Map<string, { readonly record: number; readonly positions: number }> =
    new Map();
  private last = 0;
  private rowSize: number | null;
  /** The first file, which determines the row size of all others. */
  private first: string | null = null;

  /** @param size the required row size; null for that of the first file. */
  constructor(reader: FeatureReader, writer: FeatureWriter, size: number | null) {
    this.reader = reader;
    this.writer = writer;
    this.rowSize = size;
  }

  /** The size of a row; 0 before the first file is read. */
  get size(): number {
    return this.rowSize ?? 0;
  }

  /** The number of distinct files read. */
  get files(): number {
    return this.known.size;
  }

  /**
   * Returns the ids of a source's places; empty if it names nothing.
   *
   * @throws UserError naming the line if the file cannot be read or its rows have another size.
   */
  async encode({ source, line }: SentencePair): Promise<number[]> {
    const name = source.trim();
    if (name === "") return [];
    let found = this.known.get(name);
    if (!found) {
      const { shape, data } = await this.read(name, line);
      found = { record: await this.writer.add(data), positions: shape[0] };
      this.known.set(name, found);
    }
    this.last = found.record;
    return placeIds(found.positions);
  }

  /** Records that the pair whose source was encoded last is kept. */
  keep(): void {
    this.writer.keep(this.last);
  }

  /** Completes the file of features. */
  finish(): Promise<void> {
    return this.writer.finish(this.size);
  }

  /** Removes what has been written. */
  abandon(): Promise<void> {
    return this.writer.abandon();
  }

  private async read(name: string, line: number): Promise<FeatureInput> {
    const place = `${this.reader.origin}: line ${line}`;
    let input: FeatureInput;
    try {
      input = await this.reader.read(name);
    } catch (error) {
      throw error instanceof UserError ? new UserError(`${place}: ${error.message}`) : error;
    }
    const [, size] = input.shape;
    if (this.rowSize === null) {
      this.rowSize = size;
      this.first = name;
    }
    if (size === this.rowSize) return input;
    const other = this.first ?? "the model";
    throw new UserError(
      `${place}: ${name} has rows of ${size} numbers where ${other} has ${this.rowSize}; make all files alike.`,
    );
  }
}
