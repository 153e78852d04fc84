import { describe, expect, test } from "vitest";
import {
  boxHeight,
  boxWidth,
  type Column,
  contextDown,
  contextPath,
  contextToWord,
  directionOf,
  feedbackPath,
  flat,
  handoverPath,
  type Polyline,
  previousContextPath,
  strip,
  stripPlace,
  type UnrolledShape,
  unrolledLayout,
  upwardPaths,
  wordPath,
} from "./layout.ts";

const shape: UnrolledShape = {
  source: ["▁Je", "▁suis", "▁internationalement", "."],
  order: [0, 1, 2, 3],
  inputs: ["<s>", "▁I", "▁am"],
  outputs: ["▁I", "▁am", "</s>"],
  encoder: [["forward", "backward"], [null]],
  layers: 2,
  attention: "after",
};

describe("the unrolled networks", () => {
  test("have a row for each layer, two for one that reads both paths", () => {
    const { rows } = unrolledLayout(shape, 1000);
    expect(rows.map(({ layer, half }) => [layer, half])).toEqual([
      [0, "forward"],
      [0, "backward"],
      [1, null],
    ]);
    expect(rows[1]?.turns).toEqual([3, 2, 1, 0]);
    expect(rows.map(directionOf)).toEqual([1, -1, 1]);
  });

  test("run from right to left where the source is reversed", () => {
    const reversed = { ...shape, order: [3, 2, 1, 0], encoder: [[null], [null]] };
    expect(unrolledLayout(reversed, 1000).rows.map(directionOf)).toEqual([-1, -1]);
  });

  test("have room for a strip and for two paths between any two columns", () => {
    const layout = unrolledLayout(shape, 300);
    for (const columns of [layout.source, layout.target]) {
      columns.slice(1).forEach((to, index) => {
        const from = columns[index];
        if (!from) throw new Error("no column");
        const stripEnd = stripPlace(from, 1) + strip.across / 2;
        expect(to.x - to.half - 18).toBeGreaterThan(stripEnd + 2);
        expect(stripPlace(to, -1) - strip.across / 2).toBeGreaterThan(from.x + boxWidth / 2);
      });
    }
    expect(layout.width).toBeGreaterThan(300);
  });

  test("have the context between the bottom layer and the others where attention stands there", () => {
    const { decoder, context } = unrolledLayout({ ...shape, attention: "between" }, 900);
    expect(context).toBeGreaterThan((decoder[0] as number) + boxHeight);
    expect((context as number) + flat.across).toBeLessThan(decoder[1] as number);
  });

  test("have a row for each direction of each layer of two stacks", () => {
    const both = ["forward", "backward"] as const;
    const { rows } = unrolledLayout({ ...shape, encoder: [both, both] }, 900);
    expect(rows.map(({ layer, half }) => `${layer} ${half}`)).toEqual([
      "0 forward",
      "0 backward",
      "1 forward",
      "1 backward",
    ]);
  });

  test("stand below each other, without an overlap", () => {
    const { words, rows, memory, bus, inputs, decoder, context, outputs, height } = unrolledLayout(
      shape,
      900,
    );
    const edges = [
      words + 14,
      ...rows.flatMap(({ top }) => [top, top + boxHeight]),
      memory ?? 0,
      bus,
      inputs - 14,
      inputs + 14,
      ...decoder.flatMap((top) => [top, top + boxHeight]),
      context ?? 0,
      outputs - 14,
      height,
    ];
    expect(edges).toEqual([...edges].sort((one, other) => one - other));
  });

  test("are connected: each path ends where it should", () => {
    const layout = unrolledLayout(shape, 900);
    const [forward, backward, second] = layout.rows;
    const column = layout.source[1];
    if (!forward || !backward || !second || !column) throw new Error("no row");
    expect(wordPath(layout, forward, column).at(-1)?.[1]).toBe(forward.top - 2);
    expect(wordPath(layout, backward, column).at(-1)?.[1]).toBe(backward.top - 2);
    expect(upwardPaths(layout, forward, column)[0]?.at(-1)?.[1]).toBe(second.top - 2);
    expect(upwardPaths(layout, second, column)[0]?.at(-1)?.[1]).toBe((layout.memory ?? 0) - 2);
    expect(handoverPath(layout, second, 1).at(-1)?.[1]).toBe(
      (layout.decoder[1] ?? 0) + boxHeight / 2,
    );
    expect(feedbackPath(layout, 1, shape).at(-1)?.[1]).toBe(layout.inputs);
    expect(contextPath(layout, 2)[0]?.[1]).toBe(layout.bus);
  });

  test("lead both halves of a layer into both of the next, where they are joined", () => {
    const both = ["forward", "backward"] as const;
    const layout = unrolledLayout({ ...shape, encoder: [both, both], isJoined: true }, 900);
    const [forward, backward, first, second] = layout.rows;
    const column = layout.source[1];
    if (!forward || !backward || !first || !second || !column) throw new Error("no row");
    const [joining] = upwardPaths(layout, forward, column);
    const [through, fork] = upwardPaths(layout, backward, column);
    // The forward half meets the backward one above where the fork leaves it.
    expect(Math.abs((joining?.at(-1)?.[0] ?? 0) - column.x)).toBeLessThan(2);
    expect(joining?.at(-1)?.[1]).toBeLessThan(fork?.[0]?.[1] ?? 0);
    expect(joining?.at(-1)?.[1]).toBeGreaterThan(backward.top + boxHeight);
    expect(through?.at(-1)?.[1]).toBe(first.top - 2);
    expect(fork?.[0]?.[0]).toBe(column.x);
    expect(fork?.at(-1)?.[1]).toBe(second.top - 2);
    expect(upwardPaths(layout, second, column)[0]?.at(-1)?.[1]).toBe((layout.memory ?? 0) - 2);
  });

  test("keep no states without attention", () => {
    const layout = unrolledLayout({ ...shape, attention: "none" }, 900);
    const [, , second] = layout.rows;
    const column = layout.source[0];
    if (!second || !column) throw new Error("no row");
    expect(layout.memory).toBeNull();
    expect(upwardPaths(layout, second, column)).toEqual([]);
  });

  describe("let the context", () => {
    const deep = { ...shape, layers: 4 };
    /** Whether a path crosses a box of a decoder's column, or a strip of a state beside it. */
    const crosses = (layout: ReturnType<typeof unrolledLayout>, path: Polyline): boolean =>
      path.slice(1).some(([toX, toY], index) => {
        const [fromX, fromY] = path[index] as readonly [number, number];
        const [left, right] = [Math.min(fromX, toX), Math.max(fromX, toX)];
        const [top, bottom] = [Math.min(fromY, toY), Math.max(fromY, toY)];
        return layout.target.some((column) =>
          layout.decoder.some((y) => {
            const isBeside = bottom <= y || top >= y + boxHeight;
            const boxes: [number, number][] = [
              [column.x - boxWidth / 2, column.x + boxWidth / 2],
              [stripPlace(column, 1) - strip.across / 2, stripPlace(column, 1) + strip.across / 2],
            ];
            return !isBeside && boxes.some(([begin, end]) => right >= begin && left <= end);
          }),
        );
      });

    test.each(["before", "summary", "between"] as const)(
      "go down into each layer, past the boxes of those between (%s)",
      (attention) => {
        const layout = unrolledLayout({ ...deep, attention }, 900);
        const first = attention === "between" ? 1 : 0;
        for (let layer = first; layer < 4; layer++) {
          const path = contextDown(layout, 1, layer);
          expect(path).toHaveLength(layer === first ? 2 : 6);
          expect(path.at(-1)?.[1]).toBe((layout.decoder[layer] as number) - 2);
          expect(crosses(layout, path)).toBe(false);
        }
      },
    );

    test("go on to the layers of the next step, between the two columns", () => {
      const layout = unrolledLayout({ ...deep, attention: "between" }, 900);
      for (let layer = 0; layer < 4; layer++) {
        const path = previousContextPath(layout, 2, layer);
        expect(path[0]?.[0]).toBeLessThan((layout.target[1] as Column).x + boxWidth / 2);
        expect(path.at(-1)?.[0]).toBeGreaterThan((layout.target[2] as Column).x - boxWidth / 2);
        expect(path.at(-1)?.[1]).toBe((layout.decoder[layer] as number) - 2);
        expect(crosses(layout, path)).toBe(false);
      }
    });

    test("go to the word where attention comes last", () => {
      const layout = unrolledLayout(deep, 900);
      expect(contextToWord(layout, 1).at(-1)?.[1]).toBe(layout.outputs - 16);
      expect(crosses(layout, contextToWord(layout, 1))).toBe(false);
    });
  });
});
