import { describe, expect, it } from "vitest";
import { frameHeight, legendLayout } from "./legendLayout.ts";

const names = ["times", "places", "states and feelings", "the model's examples", "议会"];

describe("legendLayout", () => {
  it.each([280, 352, 1044])("keeps names apart and inside at %i", (width) => {
    const { frames, height } = legendLayout(names, width);
    for (const [index, { x, y, width: wide }] of frames.entries()) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + wide).toBeLessThanOrEqual(width);
      expect(y + frameHeight).toBeLessThanOrEqual(height);
      for (const other of frames.slice(index + 1)) {
        const isBeside = x + wide < other.x || other.x + other.width < x;
        expect(isBeside || Math.abs(other.y - y) > frameHeight).toBe(true);
      }
    }
  });

  it("takes one line where there is room, and none without names", () => {
    expect(legendLayout(names, 1044).height).toBe(frameHeight);
    expect(legendLayout(names, 280).height).toBeGreaterThan(frameHeight);
    expect(legendLayout([], 280).height).toBe(0);
  });
});
