import { describe, expect, it } from "vitest";
import {
  centred,
  centredOn,
  dots,
  frameFor,
  labelWidth,
  moved,
  nearestTo,
  nextPoint,
  onPage,
  placeLabels,
  wholeView,
  withInside,
  writtenInPlace,
  zoomed,
} from "./mapView.ts";

const points = [0, 0, 1, 0, 0, 1, -1, -0.2, 0.1, -1];
const frame = frameFor(points, 400, 300);

describe("the view of a map", () => {
  it("shows all points at first", () => {
    for (let at = 0; at < points.length; at += 2) {
      const [x, y] = onPage(frame, wholeView, points[at] ?? 0, points[at + 1] ?? 0);
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(400);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(300);
    }
  });

  it("keeps the place under the pointer when it is enlarged", () => {
    const before = onPage(frame, wholeView, 0.4, 0.3);
    const view = zoomed(frame, wholeView, 3, before);
    const after = onPage(frame, view, 0.4, 0.3);
    expect(after[0]).toBeCloseTo(before[0], 6);
    expect(after[1]).toBeCloseTo(before[1], 6);
  });

  it("cannot be moved away, nor made smaller than the whole", () => {
    expect(moved(frame, wholeView, 100, 100)).toEqual(wholeView);
    expect(zoomed(frame, wholeView, 0.1)).toEqual(wholeView);
    const far = moved(frame, zoomed(frame, wholeView, 4), -1e6, 0);
    expect(onPage(frame, far, 1, 0)[0]).toBeGreaterThan(0);
  });

  it("moves with the pointer", () => {
    const view = zoomed(frame, wholeView, 4);
    const [x, y] = onPage(frame, view, 0, 0);
    expect(onPage(frame, moved(frame, view, 20, -10), 0, 0)).toEqual([x + 20, y - 10]);
  });

  it("brings a point inside", () => {
    const view = zoomed(frame, wholeView, 8);
    const [x, y] = onPage(frame, withInside(frame, view, 1, 0), 1, 0);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(400);
    expect(y).toBeCloseTo(150, 6);
    expect(withInside(frame, view, 0, 0)).toBe(view);
    expect(centredOn(frame, view, { x: 0.5, y: 0.1, zoom: 3 }).zoom).toBe(8);
  });
});

describe("points of a map", () => {
  it("finds the nearest to a place on the page", () => {
    expect(
      nearestTo(points, frame, wholeView, { at: onPage(frame, wholeView, 0.95, 0.02), radius: 20 }),
    ).toBe(1);
    expect(
      nearestTo(points, frame, wholeView, { at: onPage(frame, wholeView, 0.5, 0.5), radius: 5 }),
    ).toBe(-1);
  });

  it("goes from point to point by arrow keys", () => {
    expect(nextPoint(points, 0, "right")).toBe(1);
    expect(nextPoint(points, 0, "up")).toBe(2);
    expect(nextPoint(points, 0, "left")).toBe(3);
    expect(nextPoint(points, 0, "down")).toBe(4);
    expect(nextPoint(points, 1, "right")).toBe(1);
  });

  it("draws those that are seen", () => {
    expect(dots(points, frame, wholeView).match(/M/g)).toHaveLength(5);
    expect(dots(points, frame, zoomed(frame, wholeView, 20)).match(/M/g)).toHaveLength(1);
  });
});

describe("centred", () => {
  it("puts the middle of the extremes at 0, also of no points", () => {
    expect([...centred(Float32Array.of(1, 10, 3, 30, 3, 14))]).toEqual([-1, -10, 1, 10, 1, -6]);
    expect(centred(new Float32Array(0))).toHaveLength(0);
  });
});

describe("placeLabels", () => {
  it("covers no word with another, and begins with those that have to be written", () => {
    const many = Array.from({ length: 400 }, (_, at) => (Math.sin(at * 12.9898) * (at % 7)) / 6);
    const words = Array.from({ length: 200 }, (_, at) => `word${at}`);
    const crowd = frameFor(many, 600, 400);
    const placed = placeLabels({ words, points: many }, crowd, wholeView, { first: [77, 150] });
    expect(placed[0]?.index).toBe(77);
    expect(placed.length).toBeGreaterThan(5);
    const boxes = placed.map(({ left, anchor, width, y }) => ({
      begin: anchor === "start" ? left : left - width,
      width,
      y,
    }));
    for (const [at, one] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        const isBeside =
          one.begin + one.width <= other.begin || other.begin + other.width <= one.begin;
        expect(isBeside || Math.abs(one.y - other.y) >= 14).toBe(true);
      }
    }
  });

  it("leaves out what is to be silent, unless it has to be written", () => {
    const words = ["a", "b", "c", "d", "e"];
    const isSilent = (index: number): boolean => index < 3;
    const placed = placeLabels({ words, points }, frame, wholeView, { first: [1], isSilent });
    expect(placed.map(({ index }) => index)).toEqual([1, 3, 4]);
  });

  it("keeps off the signs of other points where these are no mere dots", () => {
    const crowd = Array.from({ length: 60 }, (_, at) => Math.sin(at * 7.77) * (0.2 + (at % 5) / 5));
    const words = Array.from({ length: 30 }, (_, at) => `phrase ${at}`);
    const room = frameFor(crowd, 700, 400);
    const placed = placeLabels({ words, points: crowd }, room, wholeView, { pointSize: 6 });
    expect(placed.length).toBeGreaterThan(5);
    for (const { index, left, anchor, width, y } of placed) {
      const begin = anchor === "start" ? left : left - width;
      for (let other = 0; other < words.length; other++) {
        const [x, at] = onPage(
          room,
          wholeView,
          crowd[2 * other] as number,
          crowd[2 * other + 1] as number,
        );
        const isCovered =
          x + 6 > begin && x - 6 < begin + width && at + 6 > y - 7.5 && at - 6 < y + 7.5;
        expect(isCovered && other !== index).toBe(false);
      }
    }
    expect(
      placeLabels({ words, points: crowd }, room, wholeView, { first: [3], pointSize: 6 })[0]
        ?.index,
    ).toBe(3);
  });

  it("knows that Chinese characters are wider", () => {
    expect(labelWidth("年", 12)).toBeGreaterThan(labelWidth("a", 12));
  });
});

describe("words that stand in the place of their points", () => {
  const words = ["a", "b", "c", "d"];
  const crowd = [0, 0, 0.01, 0, 1, 0, -1, 1];
  const place = frameFor(crowd, 400, 300);
  it("are left out where they would cover one before them", () => {
    const written = writtenInPlace({ words, points: crowd }, place, { fontSize: 15 });
    expect([...written]).toEqual([0, 2, 3]);
  });
  it("come first if they have to be written", () => {
    const written = writtenInPlace({ words, points: crowd }, place, { fontSize: 15, first: [1] });
    expect([...written]).toEqual([1, 2, 3]);
  });
});
