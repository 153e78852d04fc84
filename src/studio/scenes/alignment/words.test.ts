import { describe, expect, it } from "vitest";
import type { Trace } from "../../../trace/trace.ts";
import type { AlignmentTable } from "../../parts/alignmentTable.ts";
import { singles } from "../../parts/alignmentTable.ts";
import { reorderings, sourceWords, targetWords, wordTable } from "./words.ts";

const spans = (groups: readonly { text: string; start: number; end: number }[]) =>
  groups.map(({ text, start, end }) => [text, start, end]);

/** As much of a trace as the tables read. */
function traceOf(
  tokens: string[],
  words: { text: string; start: number; end: number }[],
  outputs: string[],
  weights: number[][],
): Trace {
  const steps = outputs.map((output, step) => ({
    output,
    tensors: { "attention.weights": { shape: [tokens.length], data: weights[step] ?? [] } },
  }));
  return { source: { tokens, words }, steps } as unknown as Trace;
}

describe("targetWords", () => {
  it("joins pieces up to the next that begins a word", () => {
    const tokens = ["▁Eu", "ropean", "▁Area", ".", "</s>"];
    expect(spans(targetWords(tokens, "bpe"))).toEqual([
      ["European", 0, 2],
      ["Area.", 2, 4],
      ["</s>", 4, 5],
    ]);
  });

  it("joins letters up to a space", () => {
    expect(spans(targetWords(["o", "n", " ", "a", "</s>"], "char"))).toEqual([
      ["on", 0, 3],
      ["a", 3, 4],
      ["</s>", 4, 5],
    ]);
  });

  it("takes words as they are", () => {
    expect(spans(targetWords(["a", "."], "word"))).toEqual(spans(singles(["a", "."])));
  });
});

describe("sourceWords", () => {
  it("counts a space with the word before it", () => {
    const words = [
      { text: "le", start: 0, end: 2 },
      { text: "14", start: 3, end: 5 },
    ];
    const trace = traceOf(["l", "e", " ", "1", "4"], words, [], []);
    expect(spans(sourceWords(trace))).toEqual([
      ["le", 0, 3],
      ["14", 3, 5],
    ]);
  });
});

describe("wordTable", () => {
  it("adds up over source pieces and averages over target pieces", () => {
    const words = [
      { text: "le", start: 0, end: 1 },
      { text: "chat", start: 1, end: 3 },
    ];
    const weights = [
      [0.5, 0.25, 0.25],
      [0.1, 0.6, 0.3],
    ];
    const table = wordTable(traceOf(["▁le", "▁ch", "at"], words, ["▁c", "at"], weights), "bpe");
    expect(table.values[0]?.[0]).toBeCloseTo(0.3);
    expect(table.values[0]?.[1]).toBeCloseTo(0.7);
  });
});

describe("reorderings", () => {
  const table = (places: number[], weight = 0.9): AlignmentTable => ({
    rows: singles(places.map((_, at) => `w${at}`)),
    columns: singles(["a", "b", "c", "d", "e", "f"]),
    values: places.map((place) =>
      Array.from({ length: 6 }, (_, at) => (at === place ? weight : 0)),
    ),
  });

  it("finds words that stand the other way round", () => {
    expect(reorderings(table([0, 3, 2, 1, 4]))).toEqual([{ rows: [1, 3], columns: [1, 3] }]);
  });

  it("finds nothing where both languages have one order", () => {
    expect(reorderings(table([0, 1, 1, 2, 5]))).toEqual([]);
  });

  it("takes what goes on within the same source words for one change", () => {
    // The book that I bought yesterday ← 我 昨天 买 的 书
    expect(reorderings(table([4, 3, 0, 2, 1, 5]))).toEqual([{ rows: [0, 4], columns: [0, 4] }]);
    expect(reorderings(table([1, 0, 3, 2]))).toEqual([
      { rows: [0, 1], columns: [0, 1] },
      { rows: [2, 3], columns: [2, 3] },
    ]);
  });

  it("leaves out words that look at a mark, as at the full stop", () => {
    // The book that I bought yesterday is ← 我昨天 买 的书 很有意思 。
    const { rows, values } = table([4, 2, 0, 0, 1, 0, 4]);
    const columns = singles(["▁我昨天", "买", "的书", "很有意思", "。"]);
    expect(reorderings({ rows, columns, values })).toEqual([{ rows: [1, 5], columns: [0, 2] }]);
  });

  it("leaves out weak weights and far jumps", () => {
    expect(reorderings(table([1, 0], 0.2))).toEqual([]);
    expect(reorderings(table([5, 0]))).toEqual([]);
  });
});
