import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { writeFileAtomically } from "../../files/nodeFiles.ts";
import { runPath } from "./runFolder.ts";

/** The files of lines, each a JSON object with the `step` that it was written at. */
type LineFile = "metrics" | "watched";

/** What a run writes down as lines of JSON: its evaluations, and the pairs that it watches. */
export class RunLines {
  private readonly out: string;
  private readonly files: readonly LineFile[];
  private readonly lines: Record<LineFile, string[]> = { metrics: [], watched: [] };

  /** @param isWatching whether there is a file of watched pairs. */
  constructor(out: string, isWatching: boolean) {
    this.out = out;
    this.files = isWatching ? ["metrics", "watched"] : ["metrics"];
  }

  /** Adds lines, which are not on the disk before {@link write}. */
  add(file: LineFile, objects: readonly { readonly step: number }[]): void {
    for (const each of objects) this.lines[file].push(JSON.stringify(each));
  }

  /** Writes the files anew as wholes, so that no line is ever cut short. */
  async write(): Promise<void> {
    for (const file of this.files) {
      const text = this.lines[file].map((line) => `${line}\n`).join("");
      await writeFileAtomically(runPath(this.out, file), [new TextEncoder().encode(text)]);
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
   * Takes up the lines that are on the disk, but for those after a step: a run that was killed may have
   * written lines of steps that are about to be made again.
   *
   * @param log is told of lines that are damaged, which are left out.
   */
  async takeUp(step: number, log: (line: string) => void): Promise<void> {
    for (const file of this.files) {
      const path = runPath(this.out, file);
      const lines = existsSync(path) ? (await readFile(path, "utf8")).split("\n") : [];
      const found = lines.filter((line) => line !== "").map((line) => ({ line, at: stepOf(line) }));
      const damaged = found.filter(({ at }) => at === null).length;
      if (damaged > 0) {
        log(`${path}: ${damaged} of ${found.length} lines are damaged and are left out.`);
      }
      this.lines[file] = found
        .filter(({ at }) => at !== null && at <= step)
        .map(({ line }) => line);
    }
    await this.write();
  }
}

/** The step that a line was written at; null if it is damaged. */
function stepOf(line: string): number | null {
  try {
    const { step } = JSON.parse(line) as { readonly step?: unknown };
    return typeof step === "number" ? step : null;
  } catch {
    return null;
  }
}
