import { withSeedAfter } from "../decoding/options.ts";
import type { TranslateOptions } from "../decoding/textModel.ts";
import type { SourceFiles } from "../features/nodeSourceFiles.ts";
import { OutputFile } from "../files/nodeOutputFile.ts";
import type { Seq2Seq } from "../library/seq2seq.ts";
import type { TensorGroup } from "../trace/tensorGroups.ts";
import { traceJson } from "../trace/traceJson.ts";

/** How texts are translated, and which tensors are recorded. */
export interface TracingOptions extends TranslateOptions {
  readonly tensors?: readonly TensorGroup[];
}

/** The file of `--trace`: one trace per line as JSON; it is renamed once it is complete. */
export class TracesFile {
  private readonly file: OutputFile;
  private readonly model: Seq2Seq;
  private readonly files: SourceFiles;
  private readonly options: TracingOptions;

  private constructor(
    file: OutputFile,
    model: Seq2Seq,
    files: SourceFiles,
    options: TracingOptions,
  ) {
    this.file = file;
    this.model = model;
    this.files = files;
    this.options = options;
  }

  /** @throws UserError if the file cannot be written; so do the methods. */
  static async create(
    path: string,
    model: Seq2Seq,
    files: SourceFiles,
    options: TracingOptions,
  ): Promise<TracesFile> {
    return new TracesFile(await OutputFile.create(path), model, files, options);
  }

  /** Translates some sources more, the first of which has the number `first`, and records how. */
  async add(sources: readonly string[], first: number): Promise<void> {
    // `attention` and `prefixes` mean something else to a trace. It has the translations that are printed.
    const { attention: _, prefixes: __, dictionary: ___, nBest = 1, ...search } = this.options;
    for (const [index, source] of sources.entries()) {
      const number = first + index;
      // A line is drawn with its own stream, as it was when it was printed.
      const own = withSeedAfter({ ...search, nBest }, number);
      const trace = await this.model.trace(await this.files.read(source, number + 1), own);
      await this.file.write(new TextEncoder().encode(`${JSON.stringify(traceJson(trace))}\n`));
    }
  }

  finish(): Promise<void> {
    return this.file.finish();
  }

  /** Discards the file: an existing file of that name stays as it was. */
  abandon(): Promise<void> {
    return this.file.abandon();
  }
}
