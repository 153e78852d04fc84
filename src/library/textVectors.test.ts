import { describe, expect, test } from "vitest";
import { RandomModel } from "../../test/support/randomModel.ts";
import { tokenPresets } from "../../test/support/tokenPresets.ts";
import type { ModelConfiguration } from "../models/configuration.ts";
import { presets } from "../models/configuration.ts";
import { UserError } from "../tensor/errors.ts";
import type { Trace } from "../trace/trace.ts";
import type { EncodedTexts, TextVectors } from "./textVectors.ts";
import { hasTwoHalves } from "./textVectors.ts";

const texts = ["a b d", "z", "a b c d e f g h i j k", "q r"];

const rowOf = (vectors: TextVectors | null | undefined, index: number): number[] => {
  const size = vectors?.shape[1] ?? 0;
  return [...(vectors?.data.slice(index * size, (index + 1) * size) ?? [])];
};
const allOf = ({ summary, states, last }: EncodedTexts, index: number): number[][] =>
  [summary, ...states, last].map((vectors) => rowOf(vectors, index));

function expectNear(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, at) => {
    expect(Math.abs(value - (expected[at] as number))).toBeLessThan(1e-5);
  });
}

/** The encoder's outputs at the end of reading, from a trace, whose rows are in the order of the sentence. */
function lastOf({ model, encoder }: Trace): number[] {
  const { shape, data } = encoder.tensors["memory"] ?? { shape: [0, 0], data: [] };
  const size = shape[1] as number;
  const output = (position: number): number[] =>
    Array.from({ length: size }, (_, at) => data[position * size + at] as number);
  const last = output(encoder.order.at(-1) as number);
  const first = output(encoder.order[0] as number);
  return hasTwoHalves(model) ? [...last.slice(0, size / 2), ...first.slice(size / 2)] : last;
}

describe.each([...tokenPresets, "reversed"])("%s encodes texts", (name) => {
  const preset = name === "reversed" ? "luong2015" : name;
  const { layers, encoderLayers } = presets[preset] as ModelConfiguration;
  const create = (): Promise<RandomModel> =>
    RandomModel.create(preset, {
      layers: Math.min(layers, 4),
      encoderLayers: Math.min(encoderLayers, 4),
      ...(name === "reversed" && { reverseSource: true }),
    });

  test("to the same numbers together and one by one, which are those of their traces", async () => {
    const model = await create();
    try {
      const together = await model.encode(texts);
      expect(together.states).toHaveLength(
        model.sizes.layers * (model.sizes.cell === "lstm" ? 2 : 1),
      );
      for (const [index, text] of texts.entries()) {
        const alone = await model.encode([text]);
        allOf(alone, 0).forEach((vector, which) => {
          expectNear(vector, allOf(together, index)[which] as number[]);
        });
        const trace = await model.trace(text, { maxLength: 2 });
        const { tensors } = trace.encoder;
        together.states.forEach((state, which) => {
          expect(state.shape).toEqual([texts.length, model.sizes.hidden]);
          expectNear(rowOf(state, index), Array.from(tensors[`state.${which}`]?.data ?? []));
        });
        expectNear(rowOf(together.summary, index), Array.from(tensors["summary"]?.data ?? []));
        expectNear(rowOf(together.last, index), tensors["memory"] ? lastOf(trace) : []);
      }
    } finally {
      await model.release();
    }
  });
});

describe("what cannot be encoded", () => {
  test("is told in a sentence", async () => {
    const model = await RandomModel.create("cho2014");
    try {
      await expect(model.encode(["a b", " "])).rejects.toThrow(
        new UserError('" " has no tokens to encode; give a text with words.'),
      );
      const none = await model.encode([]);
      expect(none.states.map(({ shape }) => shape)).toEqual([[0, model.sizes.hidden]]);
    } finally {
      await model.release();
    }
  });
});
