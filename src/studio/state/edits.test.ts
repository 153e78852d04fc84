import { describe, expect, test } from "vitest";
import type { Trace } from "../../trace/trace.ts";
import {
  chooserOf,
  chosenSteps,
  coreOf,
  fits,
  isSamePlace,
  rescaled,
  simplified,
  withSourceWord,
  withWeights,
  withWord,
} from "./edits.ts";
import { noEdits } from "./models.ts";

/** A trace with these outputs; the favourite of each step is given after them. */
const traceOf = (outputs: readonly number[], favourites: readonly number[] = outputs): Trace =>
  ({
    source: { ids: [7, 8] },
    steps: outputs.map((outputId, step) => ({ outputId, candidates: [{ id: favourites[step] }] })),
  }) as unknown as Trace;
const original = traceOf([10, 11, 12, 3]);

describe("a change", () => {
  test("of a word keeps what came before it", () => {
    const edits = {
      prefix: [10],
      attention: new Map([
        [0, [1, 0]],
        [1, [0, 1]],
        [2, [1, 0]],
      ]),
    };
    const changed = withWord(original, edits, 1, 99);
    expect(changed.prefix).toEqual([10, 99]);
    expect([...changed.attention.keys()]).toEqual([0, 1]);
  });

  test("of weights lets the model choose the step's word", () => {
    const changed = withWeights(original, noEdits, 2, [0.5, 0.5]);
    expect(changed.prefix).toEqual([10, 11]);
    expect(changed.attention.get(2)).toEqual([0.5, 0.5]);
    expect(withWeights(original, changed, 2, null).attention.size).toBe(0);
  });

  test("that changes nothing is none", () => {
    expect(simplified({ prefix: [10, 11], attention: new Map() }, original)).toBe(noEdits);
    const other = { prefix: [10, 5], attention: new Map<number, number[]>() };
    expect(simplified(other, original)).toBe(other);
  });

  test("is told from what merely stayed", () => {
    const attention = new Map<number, number[]>();
    // 10 is the search's; 99 and 98 were chosen; 50 came of the model in between.
    const changed = traceOf([10, 99, 50, 98, 3], [10, 11, 50, 51, 3]);
    const steps = chosenSteps(changed, original, { prefix: [10, 99, 50, 98], attention });
    expect([...steps]).toEqual([1, 3]);
    // The last of the given is chosen even if it is the favourite.
    const favourite = traceOf([10, 99, 3]);
    expect([...chosenSteps(favourite, original, { prefix: [10, 99], attention })]).toEqual([1]);
  });
});

test("a word is the search's before a change, the reader's there, and the model's after it", () => {
  const changed = traceOf([10, 11, 99, 3], [10, 11, 12, 3]);
  const edits = { prefix: [10, 11, 99], attention: new Map<number, number[]>() };
  const choosers = [0, 1, 2, 3].map((step) => chooserOf(changed, original, edits, step));
  expect(choosers).toEqual(["search", "search", "reader", "model"]);
  expect(chooserOf(original, original, noEdits, 3)).toBe("search");
});

test("changes fit where the vocabulary has their words, and each source token has a weight", () => {
  const of = { source: { tokens: ["a", "b"] }, model: { attention: "dot" } } as unknown as Trace;
  const weights = (...row: number[]) => ({ prefix: [], attention: new Map([[0, row]]) });
  expect(fits({ prefix: [9], attention: new Map() }, of, 10)).toBe(true);
  expect(fits({ prefix: [10], attention: new Map() }, of, 10)).toBe(false);
  expect(fits(weights(0.5, 0.5), of, 10)).toBe(true);
  expect(fits(weights(0.5, 0.25, 0.25), of, 10)).toBe(false);
  const plain = { ...of, model: { attention: "none" } } as unknown as Trace;
  expect(fits(weights(0.5, 0.5), plain, 10)).toBe(false);
});

test("translations are at the same place while source and outputs agree", () => {
  const changed = traceOf([10, 99, 12]);
  expect(isSamePlace(original, changed, 1)).toBe(true);
  expect(isSamePlace(original, changed, 2)).toBe(false);
});

describe("weights", () => {
  test("keep their sum, and the others their ratios", () => {
    const weights = rescaled([0.5, 0.3, 0.2], 0, 0.8);
    expect(weights.reduce((one, other) => one + other, 0)).toBeCloseTo(1, 12);
    expect(weights[0]).toBeCloseTo(0.8, 12);
    expect((weights[1] as number) / (weights[2] as number)).toBeCloseTo(1.5, 12);
  });

  test("of which one has all are shared evenly when it gives some away", () => {
    expect(rescaled([1, 0, 0], 0, 0.5)).toEqual([0.5, 0.25, 0.25]);
    expect(rescaled([1], 0, 0.2)).toEqual([1]);
  });
});

describe("another source word", () => {
  const source = {
    text: "Le chat,  le « chat » noir.",
    tokens: [],
    ids: [],
    words: ["Le", "chat,", "le", "«", "chat", "»", "noir."].map((text) => ({
      text,
      start: 0,
      end: 1,
    })),
  };

  test("takes the place of the one that is meant, marks kept", () => {
    expect(withSourceWord(source, 1, "chien")).toBe("Le chien,  le « chat » noir.");
    expect(withSourceWord(source, 4, " chien ")).toBe("Le chat,  le « chien » noir.");
    expect(withSourceWord(source, 6, "rouge")).toBe("Le chat,  le « chat » rouge.");
  });

  test("stands between others without spaces, also if the text is written in other characters", () => {
    const words = ["我", "喜欢", "猫", "。"].map((text) => ({ text, start: 0, end: 1 }));
    expect(withSourceWord({ text: "我喜欢猫。", words }, 2, "狗")).toBe("我喜欢狗。");
    expect(withSourceWord({ text: "我喜歡貓。", words }, 2, "狗")).toBe("我喜欢狗。");
  });

  test("has no marks at its ends", () => {
    expect(coreOf("«chat»,")).toEqual({ before: "«", core: "chat", after: "»," });
    expect(coreOf("…")).toEqual({ before: "", core: "…", after: "" });
    expect(coreOf("l'été")).toEqual({ before: "", core: "l'été", after: "" });
  });
});
