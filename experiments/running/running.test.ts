import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { withModel } from "../../test/support/randomModel.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import type { Side, SideResult } from "./compareSides.ts";
import { modelRows, vectorRows, vectorsOf } from "./embeddingTables.ts";
import { gainOf, gainText, isClear, sideTable, translationColumns, valuesOf } from "./gains.ts";
import {
  alignmentMeasure,
  type TranslationOptions,
  testPerplexity,
  translationMeasure,
} from "./measures.ts";
import { phraseVectors } from "./phraseVectors.ts";
import { trainSide } from "./trainSide.ts";

const folderOf = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "seq2see-running-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

describe("gains", () => {
  const side = { name: "a", label: "side a", options: {} };
  const run = (seed: number, bleu: number) => ({
    seed,
    values: { bleu },
    trained: { steps: 100 * seed, seconds: 90, bestStep: 50 },
  });
  const of = (...scores: number[]): SideResult => ({
    side: side as Side,
    runs: scores.map((bleu, index) => run(index + 1, bleu)),
  });

  test("compare runs of one seed", () => {
    const gain = gainOf(of(32, 33), of(30, 32), "bleu");
    expect(gain).toEqual({ mean: 1.5, each: [2, 1] });
    expect(gainText(gain)).toBe("+1.5 (+2.0, +1.0 by seed)");
    expect(gainText(gainOf(of(29), of(30), "bleu"))).toBe("−1.0");
  });
  test("are clear if they are large enough and of one sign", () => {
    expect(isClear({ mean: 1.5, each: [2, 1] }, 1)).toBe(true);
    expect(isClear({ mean: 1.5, each: [2, 1] }, 2)).toBe(false);
    expect(isClear({ mean: 1.5, each: [4, -1] }, 1)).toBe(false);
  });
  test("are not clear where something was not measured", () => {
    const gain = gainOf(of(32), of(30), "bleu 1-10");
    expect(valuesOf(of(32), "bleu 1-10")).toEqual([Number.NaN]);
    expect(isClear(gain, 0)).toBe(false);
  });
  test("stand in tables with the steps that they took", () => {
    expect(sideTable("All", [of(32, 33)], translationColumns).rows).toEqual([
      ["side a", "32.5 (32.0, 33.0)", "–", "100, 200", "50, 50", "1.5, 1.5"],
    ]);
  });
});

describe("measures", () => {
  const pairs = [
    { source: "a b c", target: "c b a" },
    { source: "d e f g h", target: "h g f e d" },
  ];

  test("translations: BLEU, perplexity, BLEU by length and with unknown words replaced", async () => {
    await withModel("luong2015", {}, async (model) => {
      const own = (
        await model.translateAll(
          pairs.map(({ source }) => source),
          { beam: 2 },
        )
      ).map(([best]) => best?.text ?? "");
      const right = pairs.map(({ source }, index) => ({ source, target: own[index] as string }));
      const options: TranslationOptions = {
        beam: 2,
        bleuTokenizer: "none",
        dictionary: new Map(),
        ranges: [
          { from: 1, to: 3 },
          { from: 4, to: 9 },
          { from: 10, to: null },
        ],
      } as const;
      const { values } = await translationMeasure(right, options).take(model, "");
      expect(Object.keys(values)).toEqual([
        "bleu",
        "perplexity",
        "bleu 1-3",
        "bleu 4-9",
        "bleu replaced",
        "unknown words",
      ]);
      expect(values["perplexity"]).toBe(await testPerplexity(model, right));
      // Against its own translations; that of BLEU needs four words for a full score.
      expect(values["bleu"]).toBeGreaterThan(40);
      expect(
        (await translationMeasure(pairs, options).take(model, "")).values["bleu"],
      ).toBeLessThan(40);
    });
  });
  test("alignments: the error rate against known links", async () => {
    await withModel("luong2015", {}, async (model) => {
      const links = (await model.score(pairs)).map(({ alignment }) => [...(alignment ?? [])]);
      const linked = pairs.map((pair, index) => ({
        ...pair,
        gold: { sure: links[index] ?? [], possible: [] },
      }));
      expect((await alignmentMeasure(linked).take(model, "")).values["error rate"]).toBe(0);
      const wrong = linked.map((pair) => ({
        ...pair,
        gold: { sure: [[9, 9] as const], possible: [] },
      }));
      expect((await alignmentMeasure(wrong).take(model, "")).values["error rate"]).toBe(100);
    });
  });
  test("are taken anew for other pairs or another beam", () => {
    const options = { beam: 2, bleuTokenizer: "none" } as const;
    const { depends } = translationMeasure(pairs, options);
    expect(translationMeasure(pairs, options).depends).toEqual(depends);
    expect(translationMeasure(pairs, { ...options, beam: 3 }).depends).not.toEqual(depends);
    expect(translationMeasure(pairs.slice(1), options).depends).not.toEqual(depends);
  });
});

describe("vectors", () => {
  test("of phrases are a model's contexts, whatever else is in the batch", async () => {
    const folder = folderOf();
    await writeRandomModel(folder, {
      cell: "gru",
      attention: "none",
      attentionPlace: "before",
      inputFeeding: false,
      bidirectional: false,
      bridge: "summary",
      summary: "linear",
      readout: "maxout",
      maxout: 8,
    });
    const many = await phraseVectors(folder, ["ab", "abc", "zzzzzzzz"], 1);
    const alone = await phraseVectors(folder, ["abc"], 1);
    expect(many.size).toBe(16);
    expect(many.vectorOf("abc")).toEqual(alone.vectorOf("abc"));
    expect(many.vectorOf("abc")).not.toEqual(many.vectorOf("ab"));
    await Promise.all([many.release(), alone.release()]);
  });
  test("of phrases need a model with a context for a phrase", async () => {
    const folder = folderOf();
    await writeRandomModel(folder);
    await expect(phraseVectors(folder, ["ab"], 1)).rejects.toThrow(/no context .* train cho2014/);
  });
  test("of a file and of a model are by words in small letters", async () => {
    const folder = folderOf();
    const path = join(folder, "vectors.txt");
    writeFileSync(path, "Paris 1 0\nparis 0 1\nrome 1 1\n");
    const rows = await vectorRows(path);
    expect([...rows].map(([word, row]) => [word, ...row])).toEqual([
      ["paris", 1, 0],
      ["rome", 1, 1],
    ]);
    const vectors = await vectorsOf(rows, ["rome", "paris"], 1);
    expect([...vectors.vectorOf("paris")]).toEqual([1, 0]);
    expect([...vectors.vectorOf("rome")][0]).toBeCloseTo(Math.SQRT1_2, 6);
    await vectors.release();
    const letters = join(folder, "letters");
    await writeRandomModel(letters);
    await expect(modelRows(letters)).rejects.toThrow(/its target vocabulary has no words/);
  });
  test("of the model that comes with the project are those of whole words", async () => {
    const rows = await modelRows(join(import.meta.dirname, "../../models/fr-en"));
    expect([rows.has("house"), rows.has("paris"), rows.has("the")]).toEqual([true, true, true]);
    expect([...rows.keys()].filter((word) => !/^\p{L}+$/u.test(word))).toEqual([]);
  });
});

describe("the folder of a training", () => {
  let pairs: {
    readonly kind: "table";
    readonly path: string;
    readonly columns: readonly [string, string];
  };
  const around = { signal: new AbortController().signal, log: () => {} };
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "seq2see-pairs-"));
    pairs = { kind: "table", path: join(folder, "pairs.tsv"), columns: ["1", "2"] };
    writeFileSync(pairs.path, "a\tb\n");
    return () => rmSync(folder, { recursive: true });
  });
  const request = (folder: string) => ({
    folder,
    data: pairs,
    dev: pairs,
    options: {},
    minutes: 1,
    seed: 1,
    threads: 1,
  });

  test("is not emptied if something else is in it", async () => {
    const folder = folderOf();
    writeFileSync(join(folder, "letter.txt"), "dear");
    await expect(trainSide(request(folder), around)).rejects.toThrow(/choose another --work/);
  });
});
