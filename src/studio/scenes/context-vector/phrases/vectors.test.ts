import { describe, expect, it } from "vitest";
import { RandomModel } from "../../../../../test/support/randomModel.ts";
import { tokenPresets } from "../../../../../test/support/tokenPresets.ts";
import type { ModelConfiguration } from "../../../../models/configuration.ts";
import { presets } from "../../../../models/configuration.ts";
import { cosine, nearestVectors, tracedVector, vectorKind, vectorsOf } from "./vectors.ts";

describe.each([...tokenPresets, "zero"])("a phrase of %s", (name) => {
  const preset = name === "zero" ? "luong2015" : name;
  const { layers, encoderLayers } = presets[preset] as ModelConfiguration;

  it("has the vector of its trace, at each layer", async () => {
    const model = await RandomModel.create(preset, {
      layers: Math.min(layers, 4),
      encoderLayers: Math.min(encoderLayers, 4),
      ...(name === "zero" && { bridge: "zero" }),
    });
    try {
      const text = "a b d";
      const encoded = await model.encode(["z", text, "q r s t u v w"]);
      const trace = await model.trace(text, { maxLength: 2 });
      for (let layer = 0; layer < model.sizes.layers; layer++) {
        const vector = vectorsOf(encoded, model.sizes, layer)[1] as Float32Array;
        const traced = tracedVector(trace, layer);
        expect(vector.length).toBeGreaterThan(0);
        expect(traced).toHaveLength(vector.length);
        expect(vector.some((value) => Math.abs(value) > 1e-3)).toBe(true);
        vector.forEach((value, at) => {
          expect(Math.abs(value - (traced[at] as number))).toBeLessThan(1e-5);
        });
      }
    } finally {
      await model.release();
    }
  });
});

describe("vectorKind", () => {
  it("is the summary where there is one, else what the decoder begins with, unless that is zeros", () => {
    const kindOf = (preset: string, changes = {}): string =>
      vectorKind({ ...(presets[preset] as ModelConfiguration), ...changes } as never);
    expect(kindOf("cho2014")).toBe("summary");
    expect(kindOf("sutskever2014")).toBe("state");
    expect(kindOf("luong2015")).toBe("state");
    expect(kindOf("luong2015", { bridge: "zero" })).toBe("last");
  });
});

describe("nearestVectors", () => {
  const vectors = [
    [1, 0],
    [0, 2],
    [5, 5],
    [-3, 0.3],
    [2, 0.1],
  ];

  it("goes by the angle and not by the length", () => {
    const near = nearestVectors(vectors, 0, 10);
    expect(near.map(({ index }) => index)).toEqual([4, 2, 1, 3]);
    expect(near[1]?.similarity).toBeCloseTo(Math.SQRT1_2, 12);
    expect(nearestVectors(vectors, 0, 2)).toEqual(near.slice(0, 2));
    expect(nearestVectors(vectors, 9, 2)).toEqual([]);
  });

  it("finds nothing alike in a vector of zeros", () => {
    expect(cosine([0, 0], [1, 2])).toBe(0);
  });
});
