import { describe, expect, test } from "vitest";
import { faultOf } from "../../../lab/runOptions.ts";
import type { LabOptionKey, LabSettings } from "../../../lab/settings.ts";
import { labOptionKeys } from "../../../lab/settings.ts";
import { choicesOf, settingUses } from "../../../lab/settingUses.ts";
import { withOption } from "../../../lab/withOption.ts";
import { optionWords, valueName } from "./optionText.ts";
import { faultSentence, isTranslated, typedFaultSentence } from "./problemText.ts";

const hanzi = /\p{Script=Han}/u;

describe.each(labOptionKeys)("%s", (key) => {
  test("has a name and a help in both languages", () => {
    for (const locale of ["en", "zh"] as const) {
      const { name, help } = optionWords(key, locale);
      expect(name).not.toBe("");
      expect(help).not.toMatch(/[{}]/);
    }
    expect(optionWords(key, "zh").help).toMatch(hanzi);
  });
  test("names each of its values in both languages", () => {
    const values = choicesOf(key).filter((value) => typeof value === "string");
    for (const value of values) {
      expect(valueName(key, value, "en")).not.toBe("");
      expect(valueName(key, value, "zh")).not.toMatch(/[:]|^undefined$/);
    }
  });
});

/** All pairs of choices of the model, from each preset: what one can meet in a few clicks. */
function reachableSettings(): LabSettings[] {
  const base: LabSettings = { task: "reverse", options: {} };
  const presets = choicesOf("preset").map((preset) =>
    withOption(base, { key: "preset", value: preset }),
  );
  const changing: readonly LabOptionKey[] = [
    "cell",
    "bidirectional",
    "attention",
    "attentionScope",
    "inputFeeding",
  ];
  const single = (settings: LabSettings) =>
    changing.flatMap((key) => choicesOf(key).map((value) => withOption(settings, { key, value })));
  return [base, ...presets].flatMap((settings) => [settings, ...single(settings)]);
}

test("what can be wrong with a choice is said in Chinese", () => {
  const missing = new Set<string>();
  for (const settings of reachableSettings()) {
    for (const { choices, fault } of Object.values(settingUses(settings))) {
      for (const each of [fault, ...choices.map((choice) => choice.fault)]) {
        if (each && !isTranslated(each)) missing.add(`${each.key}: ${each.problem}`);
      }
    }
  }
  expect([...missing]).toEqual([]);
}, 120_000);

test("what can be wrong with a number is said in Chinese", () => {
  const base: LabSettings = { task: "reverse", options: {} };
  const numbers = labOptionKeys.filter((key) => choicesOf(key).length === 0);
  expect(numbers).toContain("hidden");
  for (const key of numbers) {
    for (const value of [-1, 0.5, 1e12]) {
      const fault = faultOf(base, key, value);
      if (fault) expect(isTranslated(fault), `${key}: ${fault.problem} ${fault.remedy}`).toBe(true);
    }
  }
  const odd = faultOf(base, "hidden", 63);
  expect(odd && faultSentence("hidden", odd, "zh")).toBe("双向编码器把它分成两半。");
  expect(odd && typedFaultSentence("hidden", odd, "zh")).toBe(
    "双向编码器把它分成两半；请输入偶数。",
  );
  expect(odd && typedFaultSentence("hidden", odd, "en")).toBe(
    "A bidirectional encoder halves it; give an even number.",
  );
  const small = faultOf(base, "hidden", -1);
  expect(small && typedFaultSentence("hidden", small, "en")).toMatch(/^Give a whole number from/);
});

test("a reason names the option that it comes from", () => {
  const settings = withOption(
    { task: "reverse", options: {} },
    { key: "attention", value: "none" },
  );
  const { inputFeeding, attentionScope } = settingUses(settings);
  expect(attentionScope.fault && faultSentence("attentionScope", attentionScope.fault, "en")).toBe(
    "There is no attention.",
  );
  expect(inputFeeding.fault && faultSentence("inputFeeding", inputFeeding.fault, "en")).toBe(
    "Attention: there is no attentional vector to feed.",
  );
  expect(inputFeeding.fault && faultSentence("inputFeeding", inputFeeding.fault, "zh")).toBe(
    "注意力：没有可以送入下一步的注意力向量。",
  );
});
