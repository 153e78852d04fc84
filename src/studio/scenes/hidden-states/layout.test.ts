import { expect, test } from "vitest";
import { stripAcross } from "../../marks/strip.ts";
import type { HiddenStatesParts } from "./layout.ts";
import { hiddenStatesLayout } from "./layout.ts";

const parts: HiddenStatesParts = {
  tokens: ["▁Je", "▁suis", "▁étudiant", "."],
  tracks: 3,
  hasLayers: true,
  groups: [2, 2, 1, 1].map((sources) => ({ sources, isCopy: false })),
};

test.each([280, 352, 640, 1044])("at %i pixels nothing overlaps", (width) => {
  const layout = hiddenStatesLayout(parts, width);
  const half = stripAcross / 2;
  layout.columns.slice(1).forEach((x, index) => {
    expect(x - half).toBeGreaterThan((layout.columns[index] as number) + half);
  });
  const length = layout.cells * layout.cell;
  [...layout.tracks, layout.bridge].reduce((above, below) => {
    expect(below).toBeGreaterThan(above + length);
    return below;
  });
  for (const { sources, box, result, left, width: whole, top } of layout.groups) {
    const middles = [...sources, box.left + box.width / 2, result];
    expect(middles).toEqual(middles.toSorted((one, other) => one - other));
    expect(left + whole).toBeLessThanOrEqual(layout.width);
    expect(top + length).toBeLessThan(layout.height);
  }
  const lines = new Set(layout.groups.map(({ top }) => top));
  expect(lines.size).toBe(width > 1000 ? 1 : lines.size);
});

test("a zero that is handed over takes no room for what it is made of", () => {
  const groups = [{ sources: 0, isCopy: true }];
  const [group] = hiddenStatesLayout({ ...parts, groups }, 700).groups;
  expect(group?.sources).toEqual([]);
  expect(group?.box.left).toBeGreaterThan(group?.left as number);
  expect(group?.result).toBeGreaterThan((group?.box.left as number) + (group?.box.width as number));
});

test("a long sentence makes the drawing wider, and the bridge stays at its beginning", () => {
  const tokens = Array.from({ length: 60 }, (_, at) => `word${at}`);
  const layout = hiddenStatesLayout({ ...parts, tokens }, 600);
  expect(layout.width).toBeGreaterThan(2000);
  expect(layout.columns.length).toBe(60);
  for (const { left, width } of layout.groups) expect(left + width).toBeLessThan(600);
});
