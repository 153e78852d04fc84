import { describe, expect, it } from "vitest";
import { RandomModel } from "../../../../../test/support/randomModel.ts";
import type { SourceInput } from "../../../../decoding/sourceInput.ts";
import type { Encoder } from "./encodePhrases.ts";
import { encodePhrases } from "./encodePhrases.ts";
import { translatedPhrases } from "./translatePhrases.ts";
import { vectorsOf } from "./vectors.ts";

const phrases = Array.from({ length: 30 }, (_, at) =>
  [...`${"abcdefghij"[at % 10]}${"xyz"[Math.floor(at / 10)]}`].join(" "),
);

/** An encoder that takes down what it is asked. */
async function watched(): Promise<{ encoder: Encoder; asked: string[][]; model: RandomModel }> {
  const model = await RandomModel.create("sutskever2014", { layers: 2, encoderLayers: 2 });
  const asked: string[][] = [];
  const encoder: Encoder = {
    sizes: model.sizes,
    encode: (sources: readonly SourceInput[]) => {
      asked.push(sources.map(String));
      return model.encode(sources);
    },
  };
  return { encoder, asked, model };
}

describe("encodePhrases", () => {
  it("encodes a dozen at a time, tells how far it is, and knows what it has encoded", async () => {
    const { encoder, asked, model } = await watched();
    try {
      const told: number[] = [];
      const vectors = await encodePhrases(encoder, phrases, 0, {
        onprogress: (done) => told.push(done),
      });
      expect(asked.map(({ length }) => length)).toEqual([12, 12, 6]);
      expect(told).toEqual([0, 12, 24]);
      const alone = vectorsOf(await model.encode([phrases[17] as string]), model.sizes, 0);
      vectors?.[17]?.forEach((value, at) => {
        expect(Math.abs(value - (alone[0]?.[at] as number))).toBeLessThan(1e-5);
      });
      // One is new; the other layer's states came with the first's.
      await encodePhrases(encoder, [...phrases, "k k"], 0, {
        onprogress: (done) => told.push(done),
      });
      expect(told.slice(3)).toEqual([30]);
      const above = await encodePhrases(encoder, phrases, 1);
      expect(asked.slice(3)).toEqual([["k k"]]);
      expect(above?.[17]).not.toEqual(vectors?.[17]);
    } finally {
      await model.release();
    }
  });

  it("stops when nobody waits any more", async () => {
    const { encoder, asked, model } = await watched();
    try {
      const found = await encodePhrases(encoder, phrases, 0, {
        isStale: () => asked.length > 0,
      });
      expect(found).toBeNull();
      expect(asked).toHaveLength(1);
    } finally {
      await model.release();
    }
  });
});

describe("translatedPhrases", () => {
  it("translates each phrase once", async () => {
    const model = await RandomModel.create("cho2014");
    try {
      const asked: number[] = [];
      const translator = {
        translateAll: (sources: readonly SourceInput[], options = {}) => {
          asked.push(sources.length);
          return model.translateAll(sources, { ...options, maxLength: 3 });
        },
      };
      const first = await translatedPhrases(translator, ["a b", "c d"]);
      const second = await translatedPhrases(translator, ["c d", "e f"]);
      expect(asked).toEqual([2, 1]);
      expect([...first.keys()]).toEqual(["a b", "c d"]);
      expect(second.get("a b")).toBe(first.get("a b"));
      expect(second.has("e f")).toBe(true);
    } finally {
      await model.release();
    }
  });
});
