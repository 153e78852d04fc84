import { describe, expect, it } from "vitest";
import { mostSamples, samplesOf } from "./samples.ts";

const samplesText = (pairs: readonly object[]): string =>
  pairs.map((pair) => `${JSON.stringify(pair)}\n`).join("");

describe("samplesOf", () => {
  it("reads the pairs of a run, one a line", () => {
    const pairs = [
      { source: "un chat", target: "a cat" },
      { source: "deux", target: "two" },
    ];
    expect(samplesOf(samplesText(pairs))).toEqual(pairs);
  });

  it("reads records that hold more, or no target", () => {
    const lines = `{"source":" un ","target":"one","line":7}\n{"step":3,"source":"deux"}\n`;
    expect(samplesOf(lines)).toEqual([
      { source: "un", target: "one" },
      { source: "deux", target: null },
    ]);
  });

  it("leaves out what cannot be shown", () => {
    const lines = ["", "null", "3", `{"source":""}`, `{"source":4}`, `{"source":"half`];
    expect(samplesOf([...lines, JSON.stringify({ source: "x".repeat(501) })].join("\n"))).toEqual(
      [],
    );
  });

  it("holds each source once, and no more than a few", () => {
    const pairs = Array.from({ length: 30 }, (_, index) => ({
      source: String(index >> 1),
      target: "a",
    }));
    expect(samplesOf(samplesText(pairs))).toHaveLength(mostSamples);
  });
});
