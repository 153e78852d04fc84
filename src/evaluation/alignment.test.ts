import { describe, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import {
  alignmentErrorRate,
  formatPharaoh,
  hardAlignment,
  parseGoldAlignment,
  parsePharaoh,
} from "./alignment.ts";

describe("the Pharaoh format", () => {
  test("is read as it was written", () => {
    const links = [
      [0, 0],
      [1, 2],
      [10, 3],
    ] as const;
    expect(formatPharaoh(links)).toBe("0-0 1-2 10-3");
    expect(parsePharaoh("0-0 1-2 10-3\n")).toEqual(links);
    expect(parsePharaoh("")).toEqual([]);
  });
  test("keeps sure and possible links of a gold standard apart", () => {
    expect(parseGoldAlignment("0-0 1p2")).toEqual({ sure: [[0, 0]], possible: [[1, 2]] });
  });
  test("that is broken names the line and the word", () => {
    expect(() => parsePharaoh("0-0 1:2", "out.txt:3")).toThrow(UserError);
    expect(() => parsePharaoh("0-0 1:2", "out.txt:3")).toThrow('out.txt:3 contains "1:2"');
    expect(() => parsePharaoh("0p0", "out.txt:3")).toThrow("the possible link 0p0");
  });
});

test("a target word is linked with the source word that has most weight, of equals the first", () => {
  const weights = [Float32Array.of(0.1, 0.9), [0.5, 0.5], Float32Array.of(0.7, 0.3)];
  expect(formatPharaoh(hardAlignment(weights))).toBe("1-0 0-1 0-2");
});

describe("the alignment error rate", () => {
  const gold = [parseGoldAlignment("0-0 1-1 2p1 2p2")];
  test("of the sure links alone is 0, and with any possible ones too", () => {
    expect(alignmentErrorRate([parsePharaoh("0-0 1-1")], gold).errorRate).toBe(0);
    expect(alignmentErrorRate([parsePharaoh("0-0 1-1 2-2")], gold).errorRate).toBe(0);
  });
  test("follows the definition", () => {
    // |A| = 3, |S| = 2, |A ∩ S| = 1, |A ∩ P| = 2.
    const score = alignmentErrorRate([parsePharaoh("0-0 2-2 3-3")], gold);
    expect(score.errorRate).toBeCloseTo(1 - 3 / 5, 12);
    expect(score.precision).toBeCloseTo(2 / 3, 12);
    expect(score.recall).toBeCloseTo(1 / 2, 12);
  });
  test("is taken over the links of all sentences, a repeated link counting once", () => {
    const alignments = [parsePharaoh("0-0 0-0"), parsePharaoh("5-5")];
    const standard = [parseGoldAlignment("0-0"), parseGoldAlignment("1-1 2-2")];
    expect(alignmentErrorRate(alignments, standard).errorRate).toBeCloseTo(1 - 2 / 5, 12);
  });
  test("of nothing against nothing is 0", () => {
    expect(alignmentErrorRate([[]], [{ sure: [], possible: [] }]).errorRate).toBe(0);
  });
  test("needs one gold line for each alignment", () => {
    expect(() => alignmentErrorRate([[], []], gold)).toThrow("2 alignments cannot be scored");
  });
});
