import { withSeedAfter } from "../decoding/options.ts";
import type { TranslateOptions } from "../decoding/textModel.ts";
import type { SourceFiles } from "../features/nodeSourceFiles.ts";
import { OutputFile } from "../files/nodeOutputFile.ts";
import { OutputFolder } from "../files/nodeOutputFolder.ts";
import type { Seq2Seq } from "../library/seq2seq.ts";
import type { TensorGroup } from "../trace/tensorGroups.ts";
import type { Trace } from "../trace/trace.ts";
import { traceNpz, traceSafetensors } from "../trace/traceArrays.ts";
import { traceJson } from "../trace/traceJson.ts";

/** The values of `--trace-format`. */
export const traceFormats = ["json", "npz", "safetensors"] as const;

/** One of {@link traceFormats}. */
export type TraceFormat = (typeof traceFormats)[number];

/** How texts are translated, and which tensors are recorded. */
export interface TracingOptions extends TranslateOptions {
  readonly tensors?: readonly TensorGroup[];
}

/** Where traces go: a file with a line for each as JSON, or a folder with a file for each. */
export interface TracePlace {
  readonly path: string;
  readonly format: TraceFormat;
}

/** The file or folder of `--trace`; it gets its name once it is complete. */
export class TracesFile {
  private readonly output: Output;
  private readonly model: Seq2Seq;
  private readonly files: SourceFiles;
  private readonly options: TracingOptions;

  private constructor(output: Output, model: Seq2Seq, files: SourceFiles, options: TracingOptions) {
    this.output = output;
    this.model = model;
    this.files = files;
    this.options = options;
  }

  /** @throws UserError if the file or folder cannot be written; so do the methods. */
  static async create(
    { path, format }: TracePlace,
    model: Seq2Seq,
    files: SourceFiles,
    options: TracingOptions,
  ): Promise<TracesFile> {
    const output =
      format === "json"
        ? lineOutput(await OutputFile.create(path))
        : fileOutput(await OutputFolder.create(path), format);
    return new TracesFile(output, model, files, options);
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
      await this.output.add(trace, number);
    }
  }

  finish(): Promise<void> {
    return this.output.finish();
  }

  /** Discards what was written: an existing file of that name stays as it was. */
  abandon(): Promise<void> {
    return this.output.abandon();
  }
}

interface Output {
  add(trace: Trace, number: number): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

function lineOutput(file: OutputFile): Output {
  return {
    add: (trace) => file.write(new TextEncoder().encode(`${JSON.stringify(traceJson(trace))}\n`)),
    finish: () => file.finish(),
    abandon: () => file.abandon(),
  };
}

/** As many digits as sort the files of a million lines by their numbers. */
const digits = 6;

function fileOutput(folder: OutputFolder, format: "npz" | "safetensors"): Output {
  const bytesOf = format === "npz" ? traceNpz : traceSafetensors;
  const nameOf = (number: number): string => `${String(number).padStart(digits, "0")}.${format}`;
  return {
    add: (trace, number) => folder.write(nameOf(number), [bytesOf(trace)]),
    finish: () => folder.finish(),
    abandon: () => folder.abandon(),
  };
}
