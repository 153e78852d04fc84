import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TypedLine } from "./typedLine.svelte.ts";

let taken: string[] = [];
beforeEach(() => {
  taken = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A field of a page that shows what was taken, as the story does. */
function field(): TypedLine {
  const line = new TypedLine((text) => {
    taken.push(text);
    line.follow(text);
  });
  return line;
}
const key = (line: TypedLine, value: string, isComposing = false): void => {
  line.value = value;
  line.input({ isComposing } as unknown as Event);
};

test("a line is taken a moment after the last key, in one form", () => {
  const line = field();
  key(line, "je");
  vi.advanceTimersByTime(200);
  key(line, " je\tsuis");
  vi.advanceTimersByTime(200);
  expect(taken).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(taken).toEqual(["je suis"]);
});

test("spaces that were typed stay there in a pause", () => {
  const line = field();
  key(line, "Je suis ");
  vi.advanceTimersByTime(300);
  expect([taken, line.value]).toEqual([["Je suis"], "Je suis "]);
  line.follow("Je dors");
  expect(line.value).toBe("Je dors");
});

test("what is being typed is not replaced", () => {
  const line = field();
  key(line, "Je s");
  line.follow("Un chat");
  expect(line.value).toBe("Je s");
});

test("what an input method composes is taken when it is done, and never before", () => {
  const line = field();
  key(line, "我");
  line.compose();
  key(line, "我zuot", true);
  vi.advanceTimersByTime(1000);
  expect(taken).toEqual([]);
  line.value = "我昨天";
  line.type();
  vi.advanceTimersByTime(300);
  expect(taken).toEqual(["我昨天"]);
});
