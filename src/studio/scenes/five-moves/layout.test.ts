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
});
