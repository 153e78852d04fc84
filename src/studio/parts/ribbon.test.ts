import { describe, expect, it } from "vitest";
import { firstPart, ribbon } from "./ribbon.ts";

describe("firstPart", () => {
  const curve = [
    [0, 0],
    [0, 10],
    [20, 10],
    [20, 20],
  ] as const;

  it("is the whole curve at 1 and its beginning at 0", () => {
    expect(firstPart(curve, 1)).toEqual(curve);
    expect(firstPart(curve, 0)).toEqual([curve[0], curve[0], curve[0], curve[0]]);
  });
});

describe("ribbon", () => {
  it("closes an outline between its two ends", () => {
    const path = ribbon({ x: 10, y: 0, width: 4 }, { x: 50, y: 80, width: 20 }, 1);
    expect(path).toBe(
      "M8.0 0.0C8.0 40.0 40.0 40.0 40.0 80.0L60.0 80.0C60.0 40.0 12.0 40.0 12.0 0.0Z",
    );
  });
});
