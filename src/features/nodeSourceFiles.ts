import { existsSync } from "node:fs";
import { UserError } from "../tensor/errors.ts";
import type { FeatureInput, SourceSizes } from "../tensor/sequence.ts";
import { listedPath, readFeatureFile } from "./nodeFeatureFile.ts";
import { gridOf } from "./patches.ts";

/** The maximum number of files in memory at a time. */
const chunkSize = 256;

/** An item whose source is a line of text. */
export interface Named {
  readonly source: string;
}

/** The same item with its source in the form that the model reads. */
export type Read<Item extends Named> = Omit<Item, "source"> & {
  readonly source: string | FeatureInput;
};

/**
 * Sources given as lines: texts or, for a model that reads features, names of files. Files are read in
 * groups, because all of them may not fit into memory.
 */
export class SourceFiles {
  private readonly folder: string;
  private readonly sizes: SourceSizes;

  /** @param folder the folder that relative file names start from. */
  constructor(folder: string, sizes: SourceSizes) {
    this.folder = folder;
    this.sizes = sizes;
  }

  /**
   * Processes all items in groups.
   *
   * @param work processes one group; `start` is the index of its first item in the list.
   * @param first the number of the list's first item among all items, for errors.
   * @returns all results, in order.
   * @throws UserError naming the file that cannot be read.
   */
  async use<Item extends Named, Result>(
    items: readonly Item[],
    work: (some: readonly Read<Item>[], start: number) => Promise<Result[]>,
    first = 0,
  ): Promise<Result[]> {
    if (this.sizes.sourceInput === "tokens") return work(items, 0);
    const results: Result[] = [];
    for (let start = 0; start < items.length; start += chunkSize) {
      const some: Read<Item>[] = [];
      for (const [index, item] of items.slice(start, start + chunkSize).entries()) {
        some.push({ ...item, source: await this.read(item.source, first + start + index + 1) });
      }
      for (const result of await work(some, start)) results.push(result);
    }
    return results;
  }

  /**
   * Checks that a source names an existing file.
   *
   * @throws UserError, like {@link read}, if it does not.
   */
  async check(source: string, number = 1): Promise<void> {
    const name = source.trim();
    const isRead = this.sizes.sourceInput !== "tokens";
    if (isRead && !(name !== "" && existsSync(listedPath(this.folder, name)))) {
      await this.read(source, number);
    }
  }

  /** Reads one source; `number` is for errors. */
  async read(source: string, number = 1): Promise<string | FeatureInput> {
    if (this.sizes.sourceInput === "tokens") return source;
    const name = source.trim();
    if (name === "") {
      throw new UserError(`Source ${number} is empty; give the name of a file.`);
    }
    return readFeatureFile(listedPath(this.folder, name), gridOf(this.sizes), name);
  }
}

/**
 * Reads a picture, or a file of features, in the form that a model of features reads.
 *
 * @throws UserError if the model reads text, or the file is missing, damaged or of another kind.
 */
export async function readSource(path: string, sizes: SourceSizes): Promise<FeatureInput> {
  if (sizes.sourceInput === "features") return readFeatureFile(path, gridOf(sizes));
  throw new UserError(`${path}: the model reads text; give it the text itself.`);
}
