import { expect, test } from "vitest";
import { wordFlow } from "./flow.ts";
import { patchFlow, sourceFlow } from "./patchFlow.ts";

const options = { middle: 180, top: 10, room: 300 };

test.each([
  { rows: 8, columns: 8, ratio: 1 },
  { rows: 2, columns: 40, ratio: 0.5 },
  { rows: 60, columns: 3, ratio: 2 },
])("the patches of $rows rows and $columns columns lie side by side, within the room", (shape) => {
  const { places, bottom, width } = patchFlow(shape, options);
  expect(places).toHaveLength(shape.rows * shape.columns);
  for (const { x, y, width: wide, height = 0 } of places) {
    expect(x - wide / 2).toBeGreaterThanOrEqual(30 - 1e-9);
    expect(x + wide / 2).toBeLessThanOrEqual(330 + 1e-9);
    expect(y - height / 2).toBeGreaterThanOrEqual(10 - 1e-9);
    expect(y + height / 2).toBeLessThanOrEqual(bottom + 1e-9);
    expect(wide).toBeGreaterThan(0);
    expect(height).toBeGreaterThan(0);
  }
  expect(bottom).toBeLessThanOrEqual(250);
  expect(width).toBeLessThanOrEqual(300);
  const [first, second] = places;
  expect((second?.x ?? 0) - (first?.x ?? 0)).toBeGreaterThan(first?.width ?? 0);
});

test("a text stays words in lines", () => {
  expect(sourceFlow(["a", "b"], null, options)).toEqual(wordFlow(["a", "b"], options));
});
