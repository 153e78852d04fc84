import { describe, expect, test } from "vitest";
import { fiveMovesLayout } from "./layout.ts";

const tokens = ["▁Je", "▁suis", "▁étudiant", "."];
const parts = { noteWidth: 330, hasWindow: false };

describe("fiveMovesLayout", () => {
  test("has notes behind the rows where there is room, and then fills the width", () => {
    const { names, notes, columns, query } = fiveMovesLayout(tokens, 1042, parts);
    expect(notes).not.toBeNull();
    expect(query).toBeLessThan((notes ?? 0) - 28);
    expect((notes ?? 0) + 330).toBeLessThanOrEqual(1042);
    expect(names).toBeLessThan(20);
    expect(columns).toEqual(columns.toSorted((one, other) => one - other));
  });

  test("divides what it does not fill between both sides", () => {
    const { names, notes } = fiveMovesLayout(["▁Oui"], 1042, parts);
    expect(names).toBeGreaterThan(50);
    expect(1042 - ((notes ?? 0) + 330)).toBeCloseTo(names);
  });

  test("leaves the notes out beside a long sentence, and on a phone", () => {
    const long = Array.from({ length: 12 }, () => "▁longtemps");
    expect(fiveMovesLayout(long, 1042, parts).notes).toBeNull();
    const narrow = fiveMovesLayout(tokens, 352, parts);
    expect(narrow).toMatchObject({ notes: null, isWide: false });
    expect(narrow.width).toBeLessThan(360);
  });

  test("cuts the words of a sentence of twenty words, so that it need not scroll", () => {
    const twenty = Array.from({ length: 20 }, (_, at) =>
      at % 3 === 0 ? "▁règlementation" : "▁la",
    );
    const { width, widths } = fiveMovesLayout(twenty, 1160, parts);
    expect(width).toBeLessThan(1300);
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(52);
    const phone = fiveMovesLayout(twenty, 352, parts);
    expect(phone.width).toBeGreaterThan(1200);
  });
});
