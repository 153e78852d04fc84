import { Command } from "commander";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { standardOutput } from "./standardOutput.ts";
import { addSweepCommand } from "./sweep.ts";

const sweep = vi.fn();
beforeEach(() => {
  sweep.mockReset();
  sweep.mockResolvedValue({ out: "grid", runs: [], count: 4, isInterrupted: false });
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(standardOutput, "print").mockResolvedValue();
});
afterEach(() => vi.restoreAllMocks());

async function typed(words: string): Promise<unknown> {
  const program = new Command();
  addSweepCommand(program, sweep);
  await runTyped(program, ["sweep", ...words.split(" ")]);
  return sweep.mock.calls[0]?.[0];
}

test("options that vary are read as those that do not", async () => {
  const words =
    "--data a.tsv --dev b.tsv --out grid --hidden 8 --epochs 2 --seeds 2 --vary dropout=0.1,0.3 --vary input-feeding=yes,no --vary tokenizer=char,bpe:40 --vary initial-range=glorot,0.1";
  expect(await typed(words)).toEqual({
    data: "a.tsv",
    dev: "b.tsv",
    out: "grid",
    epochs: 2,
    seeds: 2,
    model: { hidden: 8 },
    vary: {
      dropout: [0.1, 0.3],
      inputFeeding: [true, false],
      tokenizer: ["char", "bpe:40"],
      initialRange: ["glorot", 0.1],
    },
  });
});

test.each([
  ["--vary hidden", "--vary hidden: write the name of an option and its values"],
  ["--vary =3", "--vary =3: write the name of an option"],
  ["--vary hidden=8 --vary hidden=9", "--vary hidden=9: hidden is given twice; give all"],
])("%s is answered by what to do", async (words, says) => {
  await expect(typed(words)).rejects.toThrow(says);
});

test("the end says where the tables are, or how to go on", async () => {
  await typed("--out grid");
  expect(console.error).toHaveBeenLastCalledWith(
    "Done: 4 runs; the tables are in grid: sweep.csv, runs.csv, sweep.md.",
  );
  sweep.mockResolvedValue({ out: "grid", runs: [], count: 4, isInterrupted: true });
  await typed("--out grid");
  expect(console.error).toHaveBeenLastCalledWith(
    "Stopped with 0 of 4 runs done; run the same command again to go on.",
  );
});
