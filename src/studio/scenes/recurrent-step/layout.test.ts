import { describe, expect, test } from "vitest";
import type { RecurrentStepLayout } from "./layout.ts";
import { recurrentStepLayout } from "./layout.ts";

/** The left and right edges of all strips, from left to right. */
function edges({ strips, across }: RecurrentStepLayout): [number, number][] {
  return Object.values(strips)
    .map((x): [number, number] => [x - across / 2, x + across / 2])
    .sort(([one], [other]) => one - other);
}

describe.each(["lstm", "gru", "rnn"] as const)("%s", (kind) => {
  test.each([280, 320, 352, 560, 740, 1044, 1500])("%i wide", (width) => {
    for (const isOpen of [true, false]) {
      const layout = recurrentStepLayout({ kind, size: 1024 }, isOpen, width);
      const all = edges(layout);
      expect(all[0]?.[0]).toBeGreaterThanOrEqual(10);
      expect(all.at(-1)?.[1]).toBeLessThanOrEqual(width - 10);
      all.slice(1).forEach(([left], index) => {
        expect(left).toBeGreaterThan((all[index] as [number, number])[1] + 4);
      });
      // Signs and what is squashed are inside the box, states before and after outside.
      const { box, strips, across } = layout;
      for (const { x } of [...layout.signs, ...layout.squashes]) {
        expect(x).toBeGreaterThan(box.left);
        expect(x).toBeLessThan(box.right);
      }
      expect((strips.hiddenBefore as number) + across / 2).toBeLessThan(box.left);
      expect((strips.hidden_state as number) - across / 2).toBeGreaterThan(box.right);
      expect(layout.rows.token).toBeLessThan(layout.height);
    }
  });
});

test("an LSTM's row is an equation with its cell state, a closed cell shows only hidden states", () => {
  const open = recurrentStepLayout({ kind: "lstm", size: 256 }, true, 1000);
  expect(open.signs.map(({ lines }) => lines.join(" "))).toEqual([
    "×",
    "+",
    "×",
    "=",
    "tanh ×",
    "=",
  ]);
  expect(open.squashes.map(({ name }) => name)).toEqual(["σ", "σ", "tanh", "σ"]);
  const closed = recurrentStepLayout({ kind: "lstm", size: 256 }, false, 1000);
  expect(Object.keys(closed.strips)).toEqual(["hiddenBefore", "hidden_state"]);
  expect(closed.signs).toEqual([]);
});

test("a plain cell has nothing inside, and a reset gate behind the product says so", () => {
  const plain = recurrentStepLayout({ kind: "rnn", size: 64 }, true, 1000);
  expect(Object.keys(plain.strips)).toEqual(["hiddenBefore", "hidden_state"]);
  expect(plain).toEqual(recurrentStepLayout({ kind: "rnn", size: 64 }, false, 1000));
  const after = recurrentStepLayout({ kind: "gru", size: 64, isResetAfter: true }, true, 1000);
  expect(after.signs[0]?.lines).toEqual(["·U", "×"]);
});

test("a short vector has no more cells than numbers", () => {
  expect(recurrentStepLayout({ kind: "gru", size: 3 }, true, 800).cells).toBe(3);
});
