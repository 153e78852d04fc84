import { describe, expect, it } from "vitest";
import { tokenPresets } from "../../../../test/support/tokenPresets.ts";
import { presets } from "../../../models/configuration.ts";
import { decoderMoments, type MomentKind } from "../../timeline/script.ts";
import { mechanismLayout, sourceColumns } from "./layout.ts";
import type { Mechanism } from "./parts.ts";
import { cellWidth, stripHeight } from "./parts.ts";

const sizes = (preset: string, changes = {}) => ({
  ...(presets[preset] as (typeof presets)[string]),
  sourceVocabulary: 100,
  targetVocabulary: 100,
  ...changes,
});
const models = [
  sizes("luong2015"),
  sizes("luong2015", { layers: 3, inputFeeding: false }),
  sizes("bahdanau2014"),
  sizes("sutskever2014"),
  sizes("luong2015", { layers: 3, residualFrom: 1, attentionScope: "local-p" }),
  sizes("bahdanau2014", { layers: 2, readoutState: "current", outputRank: 8 }),
  sizes("nmt-wmt16-gnmt-4-layer", { upperContext: "previous" }),
  sizes("nmt-wmt16-gnmt-4-layer", { layers: 1 }),
  sizes("sutskever2014", { outputRank: 8 }),
  sizes("bahdanau2014", { layers: 2, queryLayer: "top", upperContext: "none", readout: "none" }),
  sizes("bahdanau2014", { layers: 2, queryLayer: "top", contextGate: true, readout: "concat" }),
  sizes("bahdanau2014", { readout: "concat", outputRank: 8 }),
  sizes("luong2015", { layers: 2, inputFeeding: false, readout: "concat" }),
  sizes("cho2014", { layers: 2, upperContext: "none", readout: "concat" }),
  ...tokenPresets.map((name) => sizes(name)),
];
const stripOf = ({ strips }: Mechanism, key: string) => strips.find((strip) => strip.key === key);

describe("mechanismLayout", () => {
  it("keeps all parts inside the drawing, at any width", () => {
    for (const model of models) {
      for (const width of [280, 390, 760, 1040, 1600]) {
        const { strips, boxes, ...layout } = mechanismLayout(model, 2, width);
        for (const { x, y, cells } of strips) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + cells * cellWidth).toBeLessThanOrEqual(layout.width);
          expect(y + stripHeight).toBeLessThan(layout.height);
        }
        for (const { x, width: wide } of boxes) expect(x + wide).toBeLessThanOrEqual(layout.width);
      }
    }
  });

  it("lets parts appear only in moments that the model has", () => {
    for (const model of models) {
      const kinds: (MomentKind | null)[] = [null, ...decoderMoments(model)];
      const { strips, arrows } = mechanismLayout(model, 1, 900);
      for (const { at } of [...strips, ...arrows]) expect(kinds).toContain(at);
    }
  });

  it("reads Bahdanau's word from the old state, and Luong's from the new one", () => {
    const bahdanau = mechanismLayout(sizes("bahdanau2014"), 3, 900);
    expect(stripOf(bahdanau, "seen0")).toMatchObject({ tensor: "decoder.0.hidden_state", step: 2 });
    const luong = mechanismLayout(sizes("luong2015", { layers: 2 }), 3, 900);
    expect(stripOf(luong, "joinedState")).toMatchObject({
      tensor: "decoder.1.hidden_state",
      step: 3,
    });
  });

  it("begins with what the encoder gave", () => {
    const first = mechanismLayout(sizes("luong2015", { layers: 2 }), 0, 900);
    expect(stripOf(first, "before1")).toMatchObject({ side: "encoder", tensor: "state.2" });
    expect(stripOf(first, "fed")).toMatchObject({ side: "encoder", tensor: "state.4" });
  });

  it("leads the context only into the layers that read it, from the state that attends", () => {
    const changes = { layers: 2, queryLayer: "top", upperContext: "none", readout: "none" };
    const { strips, arrows } = mechanismLayout(sizes("bahdanau2014", changes), 3, 900);
    const query = strips.find(({ key }) => key === "query");
    expect(query).toMatchObject({ tensor: "decoder.1.hidden_state", step: 2 });
    const into = arrows.filter(({ key }) => key.startsWith("contextIn"));
    expect(into.map(({ key }) => key)).toEqual(["contextIn"]);
  });

  it("has each key once", () => {
    for (const model of models) {
      const { strips, boxes, arrows, signs } = mechanismLayout(model, 1, 900);
      for (const parts of [strips, boxes, arrows, signs]) {
        expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
      }
    }
  });
});

describe("sourceColumns", () => {
  it("stays inside the box for one word and for sixty", () => {
    for (const count of [1, 4, 60]) {
      const { start, width } = sourceColumns(count, { x: 50, width: 260 });
      expect(start).toBeGreaterThanOrEqual(50);
      expect(start + count * width).toBeLessThanOrEqual(310);
    }
  });
});
