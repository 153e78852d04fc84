import { expect, test } from "vitest";
import { faultWords } from "../../text/faults.ts";
import { freeTitles, keepingFault, keptRuns, sizeOf, titlesOf } from "./keptRuns.ts";

test("a run whose title is taken in a language gets other titles in both", () => {
  const titles = { en: "Reverse, step 9", zh: "反转，第 9 步" };
  expect(freeTitles(titles, [])).toEqual(titles);
  const second = { en: "Reverse, step 9 (2)", zh: "反转，第 9 步（2）" };
  expect(freeTitles(titles, [titles])).toEqual(second);
  expect(freeTitles(titles, [titles, second]).en).toBe("Reverse, step 9 (3)");
});

test("a run of an older page is called by its name in both languages", () => {
  expect(titlesOf({ name: "反转，第 9 步" })).toEqual({ en: "反转，第 9 步", zh: "反转，第 9 步" });
  const titles = { en: "Reverse, step 9", zh: "反转，第 9 步" };
  expect(freeTitles(titles, [titlesOf({ name: titles.zh })]).zh).toBe("反转，第 9 步（2）");
});

test("the size of a run counts its files and the weights of its checkpoints", () => {
  const checkpoints = new Map([
    [10, new Float32Array(3)],
    [20, new Float32Array(2)],
  ]);
  const files = new Map([["a", new Uint8Array(7)]]);
  expect(sizeOf({ files, history: { checkpoints } as never, heldOut: [] })).toBe(27);
  expect(sizeOf({ files, history: null, heldOut: [] })).toBe(7);
});

const named = (name: string): Error => Object.assign(new Error("reason"), { name });

test.each([
  [
    "QuotaExceededError",
    /no room for the run \(2\.5 MB\); delete one/,
    /没有足够的空间保存这次训练（2\.5 MB）/,
  ],
  ["VersionError", /newer version of this page .*; reload/, /较新版本.*刷新/],
  [
    "InvalidStateError",
    /keeps nothing .* private window \(reason\); download/,
    /无痕窗口里（reason）；请改为下载/,
  ],
])("%s becomes a sentence in both languages", (name, en, zh) => {
  const words = faultWords(keepingFault(named(name), 2_500_000));
  expect(words.en).toMatch(en);
  expect(words.zh).toMatch(zh);
});

test("a browser without a database says so", async () => {
  await expect(keptRuns()).rejects.toThrow(/keeps nothing for this page/);
});
