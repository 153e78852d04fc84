/** Sources with signs before or behind them: whatever reads a source reads them, and no word is one. */
import { describe, expect, test } from "vitest";
import { Ensemble } from "../src/decoding/ensemble.ts";
import { scoreForced } from "../src/decoding/score.ts";
import { sourceReader } from "../src/decoding/sourceInput.ts";
import { encodeTexts } from "../src/library/textVectors.ts";
import { configure } from "../src/models/configuration.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { endId, startId } from "../src/tensor/specialIds.ts";
import { letterTokenizer, RandomModel, withModel } from "./support/randomModel.ts";
import { traceDifferences } from "./support/recompute.ts";

const changes = { sourceEnd: true };
const text = "d c a";
const ids = letterTokenizer().encodeIds(text);

test("translations and scores are those of the ids with the end symbol", async () => {
  await withModel("luong2015", changes, async (model) => {
    const [best] = await model.translate(text, { maxLength: 5 });
    expect(best?.sourceTokens).toEqual(["d", "c", "a", "</s>"]);
    expect(best?.attention?.every(({ length }) => length === 4)).toBe(true);
    const [scored] = await model.score([{ source: text, target: "b" }]);
    const target = letterTokenizer().encodeIds("b");
    const [own, other] = await scoreForced(model.inference, [
      { source: [...ids, endId], target },
      { source: ids, target },
    ]);
    expect(scored?.logProbability).toBe(own?.logProbability);
    expect(scored?.logProbability).not.toBe(other?.logProbability);
  });
});

test("no word is aligned with the end symbol", async () => {
  await withModel(
    "luong2015",
    { ...changes, attention: "location", locations: 4 },
    async (model) => {
      const found = await model.translateAll(["a", "a b", text], { maxLength: 9 });
      found.forEach(([best], index) => {
        expect(best?.alignment?.length).toBe(best?.tokens.length);
        for (const [source] of best?.alignment ?? []) expect(source).toBeLessThanOrEqual(index);
      });
    },
  );
});

test.each([
  ["in order", {}],
  ["reversed, where it is read first", { reverseSource: true }],
])("a trace shows it, with the source %s", async (_, more) => {
  await withModel("luong2015", { ...changes, ...more }, async (model) => {
    const trace = await model.trace(text, { maxLength: 4 });
    expect(trace.source.tokens.at(-1)).toBe("</s>");
    expect(trace.source.ids).toEqual([...ids, endId]);
    expect(trace.source.words.at(-1)).toEqual({ text: "a", start: 2, end: 3 });
    expect(trace.encoder.order[0]).toBe("reverseSource" in more ? 3 : 0);
    expect(traceDifferences(trace, model.weights)).toEqual([]);
    const attention = new Map([[0, [0, 0, 0, 1]]]);
    const given = await model.trace(text, { attention, maxLength: 3 });
    expect(traceDifferences(given, model.weights)).toEqual([]);
  });
});

test("a text without tokens stays without one", async () => {
  await withModel("luong2015", changes, async (model) => {
    expect((await model.translate(" "))[0]).toMatchObject({ text: "", sourceTokens: [] });
    await expect(model.encode([" "])).rejects.toThrow('" " has no tokens to encode');
  });
});

test("vectors of texts are those with the end symbol", async () => {
  await withModel("luong2015", changes, async ({ inference }) => {
    const vectors = async (sourceEnd: boolean) => {
      const reader = sourceReader(letterTokenizer(), { ...inference.sizes, sourceEnd });
      return (await encodeTexts(inference, reader, [text])).states[0]?.data;
    };
    const { states } = await inference.encodeSources([[...ids, endId] as never]);
    expect(await vectors(true)).toEqual(states[0]?.data);
    expect(await vectors(false)).not.toEqual(states[0]?.data);
  });
});

test("members of an ensemble read a source each in its own way", async () => {
  const members = [
    await RandomModel.create("luong2015", changes, 1),
    await RandomModel.create("luong2015", {}, 2),
  ];
  const runtime = nodeRuntime({ threads: 1 });
  const models = members.map(({ inference }) => inference);
  const ensemble = new Ensemble(runtime, models, { attending: [0] });
  const [score] = await scoreForced(ensemble, [{ source: [[...ids, endId], ids], target: [5] }]);
  expect(score?.attention?.[0]).toHaveLength(4);
  await ensemble.release();
});

test("features have none", () => {
  expect(() => configure("xu2015", changes)).toThrow(
    "rows of features have no end symbol; add sourceEnd: false.",
  );
});

describe("sources that begin with the start symbol", () => {
  const both = { sourceStart: true, sourceEnd: true };

  test("are read with it, and words stand behind it", async () => {
    await withModel("luong2015", both, async (model) => {
      const trace = await model.trace(text, { maxLength: 4 });
      expect(trace.source.ids).toEqual([startId, ...ids, endId]);
      expect(trace.source.tokens).toEqual(["<s>", "d", "c", "a", "</s>"]);
      expect(trace.source.words).toEqual([
        { text: "d", start: 1, end: 2 },
        { text: "c", start: 2, end: 3 },
        { text: "a", start: 3, end: 4 },
      ]);
      expect(traceDifferences(trace, model.weights)).toEqual([]);
      const [best] = await model.translate(text, { maxLength: 5 });
      for (const [source] of best?.alignment ?? []) expect(source).toBeLessThanOrEqual(2);
      const [empty] = await model.translate("");
      expect(empty).toMatchObject({ text: "", sourceTokens: [] });
    });
  });

  test("are not those of features", () => {
    expect(() => configure("xu2015", { sourceStart: true })).toThrow(
      "rows of features have no start symbol; add sourceStart: false.",
    );
  });
});
