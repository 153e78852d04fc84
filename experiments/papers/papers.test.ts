import { describe, expect, test } from "vitest";
import { plan } from "../../src/training/plan/plan.ts";
import { experiments } from "../catalog.ts";
import type { Side, SideResult } from "../running/compareSides.ts";
import { alignmentSides, alignmentVerdict } from "./alignment.ts";
import { accuracy, analogyVerdict } from "./analogies.ts";
import { gnmtSides, gnmtVerdict } from "./gnmt.ts";
import { lengthSides, lengthVerdict } from "./length.ts";
import { luongSides, luongVerdict, stepGains } from "./luongTable1.ts";
import { phraseSides, phraseVerdict } from "./phrases.ts";
import { reversalSides, reversalVerdict } from "./reversal.ts";

const all: Readonly<Record<string, readonly Side[]>> = {
  reversal: reversalSides,
  length: lengthSides,
  "luong-table1": luongSides,
  alignment: alignmentSides,
  gnmt: gnmtSides,
  phrases: phraseSides,
  analogies: [],
};

/** A side as if it had been measured: a row of values for each seed. */
const measured = (side: Side | undefined, ...runs: Record<string, number>[]): SideResult => ({
  side: side as Side,
  runs: runs.map((values, index) => ({
    seed: index + 1,
    values,
    trained: { steps: 1, seconds: 1, bestStep: 1 },
  })),
});

describe.each(experiments)("$about.name", ({ about, intended, trainings }) => {
  const sides = all[about.name] as readonly Side[];

  test("has sides that can be built and trained", () => {
    expect(sides).toHaveLength(trainings);
    expect(new Set(sides.map(({ name }) => name)).size).toBe(trainings);
    for (const { options } of sides) {
      const data = { kind: "table", path: "train.tsv", columns: ["1", "2"] } as const;
      const dev = { ...data, path: "dev.tsv" };
      const { configuration } = plan({ ...options, data, dev, out: "model", minutes: 1 });
      expect(configuration.preset).toBe(options.preset);
    }
  });
  test("trains all sides with one optimiser, schedule, batch and vocabulary", () => {
    const shared = sides.map(({ options: { model: _, preset: __, ...rest } }) => rest);
    for (const rest of shared) expect(rest).toEqual(shared[0]);
    for (const { options } of sides) {
      const { hidden, embedding } = options.model ?? {};
      const first = sides[0]?.options.model;
      expect({ hidden, embedding }).toEqual({ hidden: first?.hidden, embedding: first?.embedding });
    }
  });
  test("takes three hours at most on two cores", () => {
    const hours = intended ? (trainings * intended.seeds * intended.minutes) / 60 / 2 : 0;
    expect(hours).toBeLessThanOrEqual(3);
    if (intended) expect(intended.seeds).toBe(2);
  });
});

test("each step of Luong's table changes what its label says and keeps the rest", () => {
  const changes = luongSides.slice(1).map(({ options }, index) => {
    const before = luongSides[index]?.options.model as Record<string, unknown>;
    const after = options.model as Record<string, unknown>;
    return Object.keys({ ...before, ...after }).filter((key) => before[key] !== after[key]);
  });
  expect(changes).toEqual([
    ["reverseSource"],
    ["dropout"],
    ["attention"],
    ["inputFeeding"],
    ["attention", "attentionScope"],
  ]);
});

describe("verdicts", () => {
  test("reversal: a point of BLEU and a lower perplexity with every seed", () => {
    const forward = measured(undefined, { bleu: 30, perplexity: 8 }, { bleu: 31, perplexity: 8.2 });
    const good = measured(undefined, { bleu: 32, perplexity: 7 }, { bleu: 32, perplexity: 7.2 });
    expect(reversalVerdict(forward, good)).toMatchObject({
      outcome: "reproduced",
      reason: expect.stringContaining("BLEU by +1.5 (+2.0, +1.0 by seed)"),
    });
    const mixed = measured(undefined, { bleu: 36, perplexity: 7 }, { bleu: 30.9, perplexity: 7.2 });
    expect(reversalVerdict(forward, mixed).outcome).toBe("not at this size");
    expect(reversalVerdict(good, forward).outcome).toBe("not at this size");
  });

  test("length: attention keeps more of its BLEU in long sentences, and has more there", () => {
    const without = measured(undefined, { "bleu 1-10": 20, "bleu 26-30": 5 });
    const better = measured(undefined, { "bleu 1-10": 20, "bleu 26-30": 18 });
    const alsoFalls = measured(undefined, { "bleu 1-10": 40, "bleu 26-30": 8 });
    expect(lengthVerdict(without, better)).toMatchObject({
      outcome: "reproduced",
      reason: expect.stringContaining("keeps 25 % of its BLEU and the one with attention 90 %"),
    });
    expect(lengthVerdict(without, alsoFalls).outcome).toBe("not at this size");
    expect(lengthVerdict(measured(undefined, { "bleu 1-10": 20 }), better)).toEqual({
      outcome: "not at this size",
      reason: expect.stringContaining("Nothing can be compared"),
    });
  });

  test("Luong's table: every step gains, or most of them, or not", () => {
    const rows = (...scores: number[]): SideResult[] =>
      scores.map((bleu, row) => measured(luongSides[row], { bleu, "bleu replaced": bleu + 1 }));
    const verdict = (...scores: number[]) => luongVerdict(stepGains(rows(...scores)));
    expect(verdict(10, 11, 12, 13, 14, 15)).toMatchObject({
      outcome: "reproduced",
      reason: expect.stringContaining("6 of 6 steps gain, +6.0 BLEU in all"),
    });
    expect(verdict(10, 9, 12, 13, 14, 13)).toMatchObject({
      outcome: "reproduced in part",
      reason: expect.stringContaining("reverse −1.0, local-p attention (general) −1.0"),
    });
    expect(verdict(10, 9, 8, 7, 6, 8).outcome).toBe("not at this size");
  });

  test("alignment: both local kinds err less than attention by location", () => {
    const rates = (location: number, localM: number, localP: number): SideResult[] =>
      alignmentSides.map((side) => {
        const known: Record<string, number> = { location, "local-m": localM, "local-p": localP };
        return measured(side, { "error rate": known[side.name] ?? 50 });
      });
    expect(alignmentVerdict(rates(40, 30, 35)).outcome).toBe("reproduced");
    expect(alignmentVerdict(rates(40, 30, 45)).outcome).toBe("reproduced in part");
    expect(alignmentVerdict(rates(20, 30, 45))).toMatchObject({
      outcome: "not at this size",
      reason: expect.stringContaining("From the best to the worst: global, location 20.0 %"),
    });
  });

  test("gnmt: two claims, each on its own", () => {
    const scores = (...bleu: number[]): SideResult[] =>
      gnmtSides.map((side, index) => measured(side, { bleu: bleu[index] as number }));
    expect(gnmtVerdict(scores(10, 30, 30, 31)).outcome).toBe("reproduced");
    expect(gnmtVerdict(scores(10, 30, 30, 29)).outcome).toBe("reproduced in part");
    expect(gnmtVerdict(scores(30, 30.5, 30, 29)).outcome).toBe("not at this size");
  });

  test("phrases: nine of ten told apart, and twice as many related as by chance", () => {
    const of = (told: number, near: number, random: number) =>
      phraseVerdict(
        measured(phraseSides[0], {
          "told apart": told,
          "nearest related": near,
          "random related": random,
        }),
      ).outcome;
    expect(of(95, 60, 20)).toBe("reproduced");
    expect(of(95, 30, 20)).toBe("reproduced in part");
    expect(of(70, 30, 20)).toBe("not at this size");
  });

  test("analogies: half of them right, and half as many again as the model's", () => {
    const answers = (correct: number) => ({
      label: "",
      scores: [{ name: "a", correct, asked: 200, skipped: 0 }],
    });
    expect(accuracy(answers(140).scores)).toBe(70);
    expect(analogyVerdict(answers(140), answers(60), 3000)).toMatchObject({
      outcome: "reproduced",
      reason: expect.stringContaining("70.0 % and the translation model's own embeddings 30.0 %"),
    });
    expect(analogyVerdict(answers(140), answers(120), 3000).outcome).toBe("not at this size");
    expect(analogyVerdict(answers(80), answers(2), 3000).outcome).toBe("not at this size");
  });
});
