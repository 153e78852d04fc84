import { describe, expect, it } from "vitest";
import { nodeRuntime } from "../../../../runtime/node.ts";
import { tensorValue } from "../../../../tensor/value.ts";
import { principalPlane } from "../../../../vectors/project2d.ts";
import type { PlacedPhrases } from "./mapData.ts";
import { listedPhrases, signsOf, withSentence } from "./mapData.ts";

const groups = [
  { name: { en: "times", zh: "时间" }, phrases: ["today", "tomorrow"] },
  { name: { en: "places", zh: "地点" }, phrases: ["here", "today"] },
];

describe("listedPhrases", () => {
  it("has each phrase once, and those that the reader gave as her own", () => {
    expect(listedPhrases(groups, ["tomorrow", "never"])).toEqual([
      { phrase: "today", group: 0 },
      { phrase: "tomorrow", group: "own" },
      { phrase: "here", group: 1 },
      { phrase: "never", group: "own" },
    ]);
  });
});

/** Three phrases, unit vectors in the first two of three directions. */
async function placedPhrases(): Promise<PlacedPhrases> {
  const rows = [
    [1, 0, 0],
    [0, 1, 0],
    [-1, 0, 0],
  ];
  const values = tensorValue("float32", [3, 3], rows.flat());
  return {
    listed: listedPhrases(groups, []),
    vectors: rows.map((row) => Float32Array.from(row)),
    plane: await principalPlane(values, nodeRuntime({ threads: 1 })),
  };
}

describe("withSentence", () => {
  it("puts the sentence into the plane of the phrases, which stay where they are to each other", async () => {
    const placed = await placedPhrases();
    const data = withSentence(placed, "not yet", Float32Array.of(0, 0, 7));
    expect(data.phrases).toEqual(["today", "tomorrow", "here", "not yet"]);
    expect(data.groupOf).toEqual([0, 0, 1, "sentence"]);
    expect(data.sentence).toBe(3);
    expect([...(data.vectors[3] ?? [])]).toEqual([0, 0, 1]);
    const [x, y] = [data.points[0] as number, data.points[1] as number];
    const far = withSentence(placed, "far", Float32Array.of(0, -1, 0));
    for (let at = 0; at < 3; at++) {
      const moved = (data.points[2 * at] as number) - x;
      expect(moved).toBeCloseTo((far.points[2 * at] as number) - (far.points[0] as number), 5);
      const up = (data.points[2 * at + 1] as number) - y;
      expect(up).toBeCloseTo((far.points[2 * at + 1] as number) - (far.points[1] as number), 5);
    }
    // Along y, from the middle of (0, 1, 0) and (±1, 0, 0): at −1/3, as the first, and at −4/3.
    expect(Math.abs((data.points[7] as number) - y)).toBeLessThan(1e-5);
    expect((far.points[7] as number) - (far.points[1] as number)).toBeCloseTo(-1, 5);
  });

  it("shows all of the variance where the plane has it, and says how it is shared", async () => {
    const { shares } = withSentence(await placedPhrases(), "far", Float32Array.of(0, 0, 1));
    // Along x ±1, along y 2/3 and twice −1/3.
    expect(shares[0]).toBeCloseTo(2 / (2 + 2 / 3), 5);
    expect(shares[0] + shares[1]).toBeCloseTo(1, 5);
  });

  it("marks the sentence where it is one of the phrases already, or leaves it out without a vector", async () => {
    const placed = await placedPhrases();
    const known = withSentence(placed, "here", Float32Array.of(1, 1, 1));
    expect([known.phrases.length, known.sentence, known.groupOf[2]]).toEqual([3, 2, 1]);
    const none = withSentence(placed, "", new Float32Array(0));
    expect([none.phrases.length, none.sentence]).toEqual([3, null]);
  });
});

describe("signsOf", () => {
  it("gives each group a shape and a colour of its own, and the sentence another", async () => {
    const data = withSentence(await placedPhrases(), "not yet", Float32Array.of(0, 0, 1));
    const signs = signsOf(data, null);
    expect(signs.map(({ shape }) => shape)).toEqual(["circle", "circle", "square", "star"]);
    expect(signs.map(({ isWritten }) => isWritten)).toEqual([false, false, false, true]);
    expect(signs.some(({ isFaded }) => isFaded)).toBe(false);
  });

  it("brings out one group, and lets the others stand back", async () => {
    const data = withSentence(await placedPhrases(), "not yet", Float32Array.of(0, 0, 1));
    const signs = signsOf(data, 1);
    expect(signs.map(({ isFaded }) => isFaded)).toEqual([true, true, false, false]);
    expect(signs.map(({ isWritten }) => isWritten)).toEqual([false, false, true, true]);
  });
});
