import type { Translation } from "../decoding/textModel.ts";
import { formatPharaoh } from "../evaluation/alignment.ts";
import { OutputFile } from "../files/nodeOutputFile.ts";

/**
 * The file of `--alignments`, which is written while translations are computed and renamed once it is complete:
 * one line in Pharaoh's format for each, or one JSON array with all weights if its name ends in .json.
 */
export class AlignmentsFile {
  private readonly file: OutputFile;
  private readonly isJson: boolean;
  private isEmpty = true;

  private constructor(file: OutputFile, isJson: boolean) {
    this.file = file;
    this.isJson = isJson;
  }

  /** @throws UserError if the file cannot be written; so do the methods. */
  static async create(path: string): Promise<AlignmentsFile> {
    return new AlignmentsFile(await OutputFile.create(path), path.endsWith(".json"));
  }

  /** Appends the alignments of translations. */
  async add(translations: readonly Translation[]): Promise<void> {
    for (const translation of translations) {
      await this.write(
        this.isJson
          ? `${this.isEmpty ? "[" : ","}${weightsJson(translation)}`
          : `${formatPharaoh(translation.alignment ?? [])}\n`,
      );
      this.isEmpty = false;
    }
  }

  async finish(): Promise<void> {
    if (this.isJson) await this.write(this.isEmpty ? "[]\n" : "]\n");
    await this.file.finish();
  }

  /** Discards the file: an existing file of that name stays as it was. */
  abandon(): Promise<void> {
    return this.file.abandon();
  }

  private write(text: string): Promise<void> {
    return this.file.write(new TextEncoder().encode(text));
  }
}

function weightsJson({ sourceTokens, tokens, attention, alignment }: Translation): string {
  return JSON.stringify({
    sourceTokens,
    tokens,
    alignment,
    attention: attention && Array.from(attention, (row) => Array.from(row)),
  });
}
