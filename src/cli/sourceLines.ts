import { readLines } from "../data/node/lines.ts";
import { folderOf } from "../data/node/readPairs.ts";
import { nameOfPath, standardInputPath } from "../data/paths.ts";
import { prefixIds } from "../decoding/textModel.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { isOpen, isRereadable } from "./inputs.ts";
import type { LoadedModels } from "./models.ts";

/** A line to translate. */
export interface SourceLine {
  readonly source: string;
  /** The beginning of its translation; null if none is given. */
  readonly prefix: string | null;
}

/** The options of `translate` that determine how lines are read. */
export interface SourceLineFlags {
  readonly input?: string;
  readonly prefix?: string;
  readonly prefixColumn?: number;
  readonly maxLength?: number;
}

/** The lines that `translate` reads, from a file, a pipe or the standard input. */
export class SourceLines {
  /** Reads what lines name, where these are files. */
  readonly files: SourceFiles;
  /** Whether someone may still be sending lines, and waiting for an answer. */
  readonly isOpen: boolean;
  private readonly path: string;
  private readonly isRereadable: boolean;
  private readonly flags: SourceLineFlags;
  private readonly model: LoadedModels;

  private constructor(
    path: string,
    kind: { readonly isOpen: boolean; readonly isRereadable: boolean },
    flags: SourceLineFlags,
    model: LoadedModels,
  ) {
    this.files = new SourceFiles(folderOf(path), model.sourceSizes);
    this.path = path;
    this.isOpen = kind.isOpen;
    this.isRereadable = kind.isRereadable;
    this.flags = flags;
    this.model = model;
  }

  static async of(flags: SourceLineFlags, model: LoadedModels): Promise<SourceLines> {
    const { input: path = standardInputPath } = flags;
    if (path === standardInputPath && process.stdin.isTTY) {
      console.error("Type sentences, one a line; Ctrl-D ends them.");
    }
    const kind = { isOpen: await isOpen([path]), isRereadable: await isRereadable([path]) };
    return new SourceLines(path, kind, flags, model);
  }

  /**
   * Yields the lines. The lines of a file are first checked from start to end, so that an error in the
   * last one is found before the work begins.
   *
   * @throws UserError naming the invalid line.
   */
  async *read(): AsyncGenerator<SourceLine> {
    if (this.isRereadable) for await (const _ of this.checked());
    yield* this.checked();
  }

  private async *checked(): AsyncGenerator<SourceLine> {
    const { prefixColumn } = this.flags;
    const name = nameOfPath(this.path);
    let most = 0;
    let isEmpty = true;
    for await (const { text, line } of readLines(this.path)) {
      isEmpty = false;
      const found = this.split(text);
      if (prefixColumn !== undefined && most < prefixColumn) {
        most = Math.max(most, text.split("\t").length);
      }
      if (found.prefix) this.checkPrefix(found.prefix, name, line);
      if (this.model.sourceSizes.sourceInput !== "tokens") {
        await this.files.check(found.source, line);
      }
      yield found;
    }
    if (prefixColumn !== undefined && !isEmpty && most < prefixColumn) {
      throw new UserError(
        `--prefix-column ${prefixColumn}: no line of ${name} has so many columns; separate them by tabs.`,
      );
    }
  }

  /** A line is a table with `--prefix-column`: the text comes first, and its prefix may be missing. */
  private split(text: string): SourceLine {
    const { prefix = null, prefixColumn } = this.flags;
    if (prefixColumn === undefined) return { source: text, prefix };
    const cells = text.split("\t");
    return { source: cells[0] as string, prefix: cells[prefixColumn - 1] ?? "" };
  }

  private checkPrefix(prefix: string, name: string, line: number): void {
    const { maxLength = Number.POSITIVE_INFINITY } = this.flags;
    const { length } = prefixIds(this.model.targetTokenizer, prefix);
    if (length <= maxLength) return;
    throw new UserError(
      `${name}: the prefix of line ${line} has ${counted(length, "token")} and a translation at most ${maxLength}; shorten the prefix or raise --max-length.`,
    );
  }
}
