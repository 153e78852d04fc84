import type { RunStorage } from "./runStorage.ts";
import { readText, runFiles, writeText } from "./runStorage.ts";

/** The JSON Lines files of a run. */
type LineFile = "metrics" | "watched" | "samples";

/** A record of an evaluation. */
interface Line {
  readonly step: number;
  /** Whether the evaluation was made because the run stopped; a resumed run forgets it. */
  readonly atStop?: boolean | undefined;
}

/** The records of a run in JSON Lines: evaluations, watched pairs and sampled translations. */
export class RunLines {
  private readonly storage: RunStorage;
  private readonly files: readonly LineFile[];
  private readonly lines: Record<LineFile, string[]> = { metrics: [], watched: [], samples: [] };

  /** @param others the files besides the metrics. */
  constructor(storage: RunStorage, others: readonly LineFile[]) {
    this.storage = storage;
    this.files = ["metrics", ...others];
  }

  /** Adds lines; {@link write} saves them. */
  add(file: LineFile, objects: readonly Line[]): void {
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
   * Loads the saved lines up to a step. Left out are lines of later steps, which a killed run may have written and
   * which will be repeated, and those of an evaluation at a stop.
   *
   * @param log receives a message about damaged lines, which are left out.
   */
  async takeUp(step: number, log: (line: string) => void): Promise<void> {
    for (const file of this.files) {
      const { storage } = this;
      const name = runFiles[file];
      const lines = storage.has(name) ? (await readText(storage, name)).split("\n") : [];
      const found = lines.filter((line) => line !== "").map((line) => ({ line, of: lineOf(line) }));
      const damaged = found.filter(({ of }) => of === null).length;
      if (damaged > 0) {
        log(
          `${storage.pathOf(name)}: ${damaged} of ${found.length} lines are damaged and are left out.`,
        );
      }
      this.lines[file] = found
        .filter(({ of }) => of !== null && of.step <= step && !of.atStop)
        .map(({ line }) => line);
    }
    await this.write();
  }
}

/** What a line says of its evaluation; null if it is damaged. */
function lineOf(line: string): Line | null {
  try {
    const { step, atStop } = JSON.parse(line) as {
      readonly step?: unknown;
      readonly atStop?: unknown;
    };
    return typeof step === "number" ? { step, atStop: atStop === true } : null;
  } catch {
    return null;
  }
}
