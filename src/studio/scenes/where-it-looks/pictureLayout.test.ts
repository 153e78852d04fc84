import { describe, expect, test } from "vitest";
import { largeLayout, multiplesLayout, wordRoom } from "./pictureLayout.ts";

const shapes = [
  { rows: 8, columns: 8, ratio: 1 },
  { rows: 2, columns: 12, ratio: 1 },
  { rows: 16, columns: 2, ratio: 0.5 },
];

describe.each([280, 366, 1040])("on a page of %i pixels", (width) => {
  test.each(shapes)(
    "the large picture of $rows×$columns keeps its shape and stays on the page",
    (shape) => {
      const { picture, height, words } = largeLayout(shape, width);
      expect(picture.height / picture.width).toBeCloseTo(
        (shape.rows * shape.ratio) / shape.columns,
      );
      expect(picture.x).toBeGreaterThanOrEqual(0);
      expect(picture.x + picture.width).toBeLessThanOrEqual(width);
      expect(picture.y + picture.height).toBeLessThanOrEqual(height);
      expect(words.x).toBeLessThanOrEqual(width);
      expect(words.y).toBeGreaterThan(0);
      expect(words.y).toBeLessThan(height);
    },
  );

  test.each(shapes)(
    "a small one of $rows×$columns stands there for each word, none over another",
    (shape) => {
      const { places, height } = multiplesLayout(shape, 11, width);
      expect(places).toHaveLength(11);
      for (const [index, place] of places.entries()) {
        expect(place.x).toBeGreaterThanOrEqual(0);
        expect(place.x + place.width).toBeLessThanOrEqual(width + 1e-9);
        expect(place.y + place.height + wordRoom).toBeLessThanOrEqual(height + 1e-9);
        for (const other of places.slice(index + 1)) {
          const isBeside = other.x >= place.x + place.width || place.x >= other.x + other.width;
          expect(isBeside || other.y >= place.y + place.height + wordRoom - 1e-9).toBe(true);
        }
      }
    },
  );
});
