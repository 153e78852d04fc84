import { join } from "node:path";
import { UserError } from "../tensor/errors.ts";
import type { FeatureInput } from "../tensor/sequence.ts";
import { placeIds } from "../text/placeTokenizer.ts";
import { FeatureWriter } from "./featureStore.ts";
import { sourceFolder } from "./node/readPairs.ts";
import type { PairSource, SentencePair } from "./pairs.ts";
import { sourceFile } from "./pairs.ts";

/** Reads one file of features; `name` is what to call it in errors. */
export type FeatureReader = (path: string, name: string) => Promise<FeatureInput>;

/**
 * Sources of a corpus that name files of features, relative to the file of pairs. Each is read once and
 * written into a `FeatureStore`, however many pairs it has.
 */
export class FeatureSources {
  private readonly pairs: PairSource;
  private readonly reader: FeatureReader;
  private readonly writer: FeatureWriter;
  /** Record and positions of each file. */
  private readonly known: Map<string, { readonly record: number; readonly positions: number }> =
    new Map();
  private last = 0;
  private rowSize: number | null;
  /** Whose rows the others have to be like. */
  private first: string | null = null;

  private constructor(
    pairs: PairSource,
    reader: FeatureReader,
    writer: FeatureWriter,
    size: number | null,
  ) {
    this.pairs = pairs;
    this.reader = reader;
    this.writer = writer;
    this.rowSize = size;
  }

  /**
   * @param path where the features are written.
   * @param size the numbers that each row must have; those of the first file unless given.
   * @throws UserError if the file cannot be written.
   */
  static async create(
    pairs: PairSource,
    reader: FeatureReader,
    path: string,
    size: number | null = null,
  ): Promise<FeatureSources> {
    return new FeatureSources(pairs, reader, await FeatureWriter.create(path), size);
  }

  /** The numbers of a row; 0 before the first file was read. */
  get size(): number {
    return this.rowSize ?? 0;
  }

  /** How many different files were read. */
  get files(): number {
    return this.known.size;
  }

  /**
   * Yields the ids of a source's places; none if it names no file.
   *
   * @throws UserError naming the line if the file cannot be read or its rows are of another size.
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

  /** Says that the pair whose source was encoded last is kept. */
  keep(): void {
    this.writer.keep(this.last);
  }

  /** Completes the file of features. */
  finish(): Promise<void> {
    return this.writer.finish(this.size);
  }

  /** Removes what was written. */
  abandon(): Promise<void> {
    return this.writer.abandon();
  }

  private async read(name: string, line: number): Promise<FeatureInput> {
    const place = `${sourceFile(this.pairs)}: line ${line}`;
    let input: FeatureInput;
    try {
      input = await this.reader(join(sourceFolder(this.pairs), name), name);
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
