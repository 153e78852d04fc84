import { describe, expect, it } from "vitest";
import { lookupLayout, similarityLayout, sumLayout } from "./layout.ts";

const words = ["Je", "suis", "étudiant", "."];

describe("lookupLayout", () => {
  it("shows the rows around the one that is read", () => {
    const { table } = lookupLayout({
      tokens: words,
      active: 2,
      id: 500,
      tableRows: 8000,
      width: 1000,
    });
    expect(table.rows.map(({ id }) => id)).toEqual([497, 498, 499, 500, 501, 502, 503]);
    expect(table.rows[3]?.height).toBeGreaterThan(table.rows[2]?.height ?? 0);
  });

  it("stays inside the table at its ends, and in a small one", () => {
    expect(
      lookupLayout({ tokens: words, active: 0, id: 1, tableRows: 8000, width: 1000 }).table.rows[0]
        ?.id,
    ).toBe(0);
    expect(
      lookupLayout({
        tokens: words,
        active: 0,
        id: 7999,
        tableRows: 8000,
        width: 1000,
      }).table.rows.at(-1)?.id,
    ).toBe(7999);
    expect(
      lookupLayout({ tokens: words, active: 0, id: 2, tableRows: 4, width: 1000 }).table.rows.map(
        ({ id }) => id,
      ),
    ).toEqual([0, 1, 2, 3]);
  });

  it("writes numbers beside the vectors where there is room", () => {
    expect(
      lookupLayout({ tokens: words, active: 0, id: 5, tableRows: 100, width: 1000 }).vectors
        .isWritten,
    ).toBe(true);
    const long = Array.from({ length: 60 }, () => "mot");
    const layout = lookupLayout({ tokens: long, active: 59, id: 5, tableRows: 100, width: 350 });
    expect(layout.vectors.isWritten).toBe(false);
    expect(layout.width).toBeGreaterThan(350);
    expect(layout.table.x + layout.table.width).toBeLessThanOrEqual(layout.width);
  });

  it("keeps the table where it is while words of one page are read", () => {
    const long = Array.from({ length: 60 }, () => "mot");
    const first = lookupLayout({ tokens: long, active: 2, id: 5, tableRows: 100, width: 600 });
    expect(
      lookupLayout({ tokens: long, active: 3, id: 5, tableRows: 100, width: 600 }).table.x,
    ).toBe(first.table.x);
    const later = lookupLayout({ tokens: long, active: 30, id: 5, tableRows: 100, width: 600 });
    expect(Math.abs(later.follow - (later.columns[30] ?? 0))).toBeLessThanOrEqual(0.35 * 600);
  });

  it.each([280, 350, 640, 1044])("keeps the table's cells inside at %i", (width) => {
    const { table } = lookupLayout({ tokens: words, active: 1, id: 50, tableRows: 100, width });
    expect(table.x).toBeGreaterThan(0);
    expect(table.cells + table.count * table.cellSize).toBeLessThanOrEqual(table.x + table.width);
  });
});

describe("similarityLayout", () => {
  it.each([280, 480, 1000])("keeps names, bars and numbers apart at %i", (width) => {
    const { strip, bar, barLength, number } = similarityLayout(["étudiant", "chat"], width);
    expect(bar).toBeGreaterThan(strip ?? 0);
    expect(bar + barLength + 50).toBeLessThanOrEqual(number);
  });
});

describe("sumLayout", () => {
  it("puts the plane beside the sum, or below it on a narrow page", () => {
    const wide = sumLayout(["king", "man", "woman"], 5, 1044);
    expect(wide.plane.x).toBeGreaterThan(wide.found.width);
    expect(wide.plane.x + wide.plane.width).toBeLessThanOrEqual(1044);
    const narrow = sumLayout(["king", "man", "woman"], 5, 350);
    expect(narrow.plane.y).toBeGreaterThan(narrow.found.y + 5 * 27);
    expect(narrow.cells + narrow.count * 18).toBeLessThanOrEqual(350);
  });
});
