import { expect, test } from "vitest";
import type { Trace } from "../../../trace/trace.ts";
import { targetKind } from "./text.ts";

/** As much of a trace as the kind of its items needs. */
const traceOf = (source: string, target: string): Trace =>
  ({
    source: { tokens: source.split(" ") },
    steps: target.split(" ").map((output) => ({ output })),
  }) as unknown as Trace;

test.each([
  ["whole words", "un mot </s>", "a word </s>", "word"],
  ["letters", "u n </s>", "o n e </s>", "letter"],
  ["pieces", "▁u n", "▁o ne </s>", "piece"],
  ["sounds of letters", "s e a </s>", "S IY1 </s>", "token"],
  ["words of letters", "2 0 2 6", "two thousand </s>", "token"],
])("%s are counted as what they are", (_, source, target, kind) => {
  expect(targetKind(traceOf(source, target))).toBe(kind);
});
