import type { RunStorage } from "./runStorage.ts";
import { readText, runFiles, writeText } from "./runStorage.ts";

/** The JSON Lines files of a run; each line has the `step` of its evaluation. */
type LineFile = "metrics" | "watched";

/** The records of a run in JSON Lines: evaluations and watched pairs. */
export class RunLines {
  private readonly storage: RunStorage;
  private readonly files: readonly LineFile[];
  private readonly lines: Record<LineFile, string[]> = { metrics: [], watched: [] };

  /** @param isWatching whether there is a file of watched pairs. */
  constructor(storage: RunStorage, isWatching: boolean) {
    this.storage = storage;
    this.files = isWatching ? ["metrics", "watched"] : ["metrics"];
  }

  /** Adds lines; {@link write} saves them. */
  add(file: LineFile, objects: readonly { readonly step: number }[]): void {
    for (const each of objects) this.lines[file].push(JSON.stringify(each));
  }

  /** Rewrites the files completely, so that no line is ever truncated. */
  async write(): Promise<void> {
    for (const file of this.files) {
      const text = this.lines[file].map((line) => `${line}\n`).join("");
      await writeText(this.storage, runFiles[file], text);
    }
  }

  /** The dev perplexity of the evaluation at a step; null if there is none. */
  devPerplexityAt(step: number): number | null {
    const line = this.lines.metrics
      .map((each) => JSON.parse(each) as { readonly step: number; readonly devPerplexity?: number })
      .find((each) => each.step === step);
    return line?.devPerplexity ?? null;
  }

  /**
   * Loads the saved lines up to a step: a killed run may have written lines of later steps, which will be
   * repeated.
   *
   * @param log receives a message about damaged lines, which are left out.
   */
  async takeUp(step: number, log: (line: string) => void): Promise<void> {
    for (const file of this.files) {
      const { storage } = this;
      const name = runFiles[file];
      const lines = storage.has(name) ? (await readText(storage, name)).split("\n") : [];
      const found = lines.filter((line) => line !== "").map((line) => ({ line, at: stepOf(line) }));
      const damaged = found.filter(({ at }) => at === null).length;
      if (damaged > 0) {
        log(
          `${storage.pathOf(name)}: ${damaged} of ${found.length} lines are damaged and are left out.`,
        );
      }
      this.lines[file] = found
        .filter(({ at }) => at !== null && at <= step)
        .map(({ line }) => line);
    }
    await this.write();
  }
}

/** The step of a line; null if the line is damaged. */
function stepOf(line: string): number | null {
  try {
    const { step } = JSON.parse(line) as { readonly step?: unknown };
    return typeof step === "number" ? step : null;
  } catch {
    return null;
  }
}
