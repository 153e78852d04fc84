import { describe, expect, test } from "vitest";
import { compared } from "./difference.ts";
import { barsLayout, choicesLayout, linesLayout, sidesLayout, weightAt } from "./layout.ts";

describe("the comparison of two lines", () => {
  const pairs = (one: string, other: string) =>
    compared(one.split(" "), other.split(" ")).map(({ before, after, isSame }) =>
      [before ?? "-", after ?? "-", isSame ? "=" : "!"].join(""),
    );

  test("puts equal tokens against each other", () => {
    expect(pairs("the cat sleeps", "the cat sleeps")).toEqual(["00=", "11=", "22="]);
    expect(pairs("the cat sleeps .", "the black dog sleeps .")).toEqual([
      "00=",
      "11!",
      "-2!",
      "23=",
      "34=",
    ]);
    expect(pairs("a b c", "c")).toEqual(["0-!", "1-!", "20="]);
  });
});

describe("lines", () => {
  const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`);

  test("are broken where the page ends", () => {
    const [before, after] = [words(20), words(34)];
    const room = { left: 100, top: 0, width: 600 };
    const layout = linesLayout(compared(before, after), { before, after }, room);
    expect(layout.pairs).toHaveLength(34);
    expect(layout.bands.length).toBeGreaterThan(2);
    for (const { x, width, upper, lower } of layout.pairs) {
      expect(x - width / 2).toBeGreaterThanOrEqual(100);
      expect(x + width / 2).toBeLessThanOrEqual(600);
      expect(lower).toBeGreaterThanOrEqual(upper);
    }
    const [first] = layout.bands;
    expect(first?.lower).toBeGreaterThan(first?.upper ?? 0);
    // The last words are new, so that nothing stands above them.
    const [last] = layout.bands.slice(-1);
    expect(last?.lower).toBe(last?.upper);
  });
});

describe("bars", () => {
  test("tell their weight by their height", () => {
    const layout = barsLayout(["le", "chat"], 500);
    expect(weightAt(layout, layout.top)).toBe(1);
    expect(weightAt(layout, (layout.top + layout.bottom) / 2)).toBeCloseTo(0.5);
    expect(weightAt(layout, layout.bottom + 30)).toBe(0);
  });
});

test("words to choose leave room for their bars", () => {
  const { word, bar } = choicesLayout(["▁internationalisation"], 300);
  expect(word.x + word.width).toBeLessThan(bar.x);
  expect(bar.width).toBeGreaterThan(60);
});

test("pictures stand side by side where there is room", () => {
  const sizes = [
    { width: 500, height: 300 },
    { width: 500, height: 400 },
  ];
  expect(sidesLayout(sizes, 1042).places).toEqual([
    { x: 0, y: 34 },
    { x: 524, y: 34 },
  ]);
  const narrow = sidesLayout(sizes, 350);
  expect(narrow.places[1]).toEqual({ x: 0, y: 388 });
  expect(narrow.height).toBeGreaterThanOrEqual(788);
});
