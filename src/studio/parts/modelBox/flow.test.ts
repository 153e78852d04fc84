import { describe, expect, test } from "vitest";
import { stripFlow, wordFlow } from "./flow.ts";

const long = Array.from({ length: 70 }, (_, index) => `▁word${index}`);

describe("words in lines", () => {
  test("stay within the room, in order, around the middle", () => {
    const flow = wordFlow(long, { middle: 200, top: 10, room: 360 });
    expect(flow.lines).toBeGreaterThan(5);
    for (const { x, width } of flow.places) {
      expect(x - width / 2).toBeGreaterThanOrEqual(20);
      expect(x + width / 2).toBeLessThanOrEqual(380);
    }
    const firstLine = flow.places.filter(({ y }) => y === flow.places[0]?.y);
    const left = (firstLine[0]?.x ?? 0) - (firstLine[0]?.width ?? 0) / 2;
    const right = (firstLine.at(-1)?.x ?? 0) + (firstLine.at(-1)?.width ?? 0) / 2;
    expect((left + right) / 2).toBeCloseTo(200);
  });

  test("keep the pieces of a word close to each other", () => {
    const { places } = wordFlow(["▁é", "tudiant", "▁suis"], { middle: 0, top: 0, room: 900 });
    const gap = (index: number): number => {
      const [one, other] = [places[index], places[index + 1]];
      if (!one || !other) throw new Error("no place");
      return other.x - other.width / 2 - one.x - one.width / 2;
    };
    expect(gap(0)).toBeCloseTo(4);
    expect(gap(1)).toBeCloseTo(14);
  });

  test("stand apart where no spaces part them, with marks close by", () => {
    const { places } = wordFlow(["▁我们", "去", "图", "书馆", "。"], {
      middle: 0,
      top: 0,
      room: 900,
    });
    const gaps = places.slice(1).map(({ x, width }, index) => {
      const before = places[index] as (typeof places)[number];
      return Math.round(x - width / 2 - before.x - before.width / 2);
    });
    expect(gaps).toEqual([14, 14, 4, 4]);
  });

  test("are none of none", () => {
    expect(wordFlow([], { middle: 50, top: 8, room: 100 })).toMatchObject({
      lines: 0,
      width: 0,
      bottom: 8,
    });
  });
});

describe("strips", () => {
  test("stand under their words where these stand in one line", () => {
    const under = [{ x: 10 }, { x: 60 }];
    const { places } = stripFlow(2, { middle: 0, top: 5, room: 300, parts: 2, under });
    expect(places).toEqual([
      { x: 10, y: 5 },
      { x: 60, y: 5 },
    ]);
  });

  test("go into as many lines as they need", () => {
    const flow = stripFlow(70, { middle: 150, top: 0, room: 300, parts: 2 });
    expect(flow.places).toHaveLength(70);
    for (const { x, y } of flow.places) {
      expect(x - flow.across / 2).toBeGreaterThanOrEqual(0);
      expect(x + flow.across / 2).toBeLessThanOrEqual(300);
      expect(y + flow.length).toBeLessThanOrEqual(flow.bottom);
    }
  });
});
