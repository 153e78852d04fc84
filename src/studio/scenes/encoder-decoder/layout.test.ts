import { describe, expect, test } from "vitest";
import { openBoxLayout } from "./layout.ts";

const shape = {
  source: ["▁Je", "▁suis", "."],
  target: ["▁I", "▁am", "</s>"],
  hasAttention: true,
  layers: 1,
  encoderLayers: 1,
  parts: 2,
};

describe("the open box", () => {
  test.each([280, 390, 1044, 1600])("fits %i pixels, however long the sentence is", (width) => {
    for (const count of [1, 3, 70, 450]) {
      const source = Array.from({ length: count }, (_, index) => `▁word${index}`);
      const layout = openBoxLayout({ ...shape, source }, width);
      const { encoder, decoder, model, states, shelf } = layout;
      expect(layout.width * layout.scale).toBeCloseTo(width);
      expect(model.x).toBeGreaterThanOrEqual(0);
      expect(model.x + model.width).toBeLessThanOrEqual(layout.width);
      for (const [box, flow] of [
        [encoder, states],
        [decoder, shelf],
      ] as const) {
        for (const { x, y } of flow?.places ?? []) {
          expect(x - states.across / 2).toBeGreaterThanOrEqual(box.x);
          expect(x + states.across / 2).toBeLessThanOrEqual(box.x + box.width);
          expect(y).toBeGreaterThan(box.y);
          expect(y + (flow?.length ?? 0)).toBeLessThanOrEqual(box.y + box.height);
        }
      }
    }
  });

  test("has one state for each layer, and no shelf, without attention", () => {
    const stacks = { ...shape, hasAttention: false, layers: 2, encoderLayers: 2 };
    const { states, shelf } = openBoxLayout(stacks, 800);
    expect(states.places).toHaveLength(2);
    expect(shelf).toBeNull();
  });

  test("keeps the states of many layers between the word and the context", () => {
    for (const width of [280, 390, 1044]) {
      const { work } = openBoxLayout({ ...shape, layers: 8 }, width);
      expect((work.states[0] as number) - work.input).toBeGreaterThan(40);
      expect(work.context - (work.states.at(-1) as number)).toBeGreaterThan(40);
    }
  });

  test("is higher than what is in it", () => {
    const { model, encoder, decoder, work, target, height } = openBoxLayout(shape, 800);
    expect(encoder.y + encoder.height).toBeLessThan(decoder.y);
    expect(work.top + work.length).toBeLessThan(decoder.y + decoder.height);
    expect(decoder.y + decoder.height).toBeLessThan(model.y + model.height);
    expect(model.y + model.height).toBeLessThan(target.top);
    expect(target.bottom).toBeLessThanOrEqual(height);
  });
});
