import { describe, expect, test } from "vitest";
import { faultOf, planOf, runOptionsOf } from "./runOptions.ts";
import type { LabOptionKey, LabSettings, LabValue } from "./settings.ts";
import { settingUses } from "./settingUses.ts";
import { taskNames } from "./task.ts";
import { withOption } from "./withOption.ts";

const settingsWith = (...changes: readonly (readonly [LabOptionKey, LabValue])[]): LabSettings =>
  changes.reduce((settings, [key, value]) => withOption(settings, { key, value }), {
    task: "reverse",
    options: {},
  } as LabSettings);

test.each(taskNames)("the defaults of %s go together", (task) => {
  const { model } = runOptionsOf({ task, options: {} }) as { model: object };
  expect(planOf({ task, options: {} }).configuration).toMatchObject(model);
});

test("options of the model stand apart from those of the training", () => {
  expect(runOptionsOf(settingsWith(["hidden", 32], ["batch", 16]))).toMatchObject({
    batch: 16,
    tokenizer: "char",
    model: { hidden: 32 },
  });
});

describe("options that do not go together", () => {
  test("give way to the one before them, and come back with it", () => {
    const fed = settingsWith(["inputFeeding", true]);
    const without = withOption(fed, { key: "attention", value: "none" });
    expect(planOf(without).configuration).toMatchObject({ attention: "none", inputFeeding: false });
    const again = withOption(without, { key: "attention", value: "dot" });
    expect(planOf(again).configuration).toMatchObject({ attention: "dot", inputFeeding: true });
  });
  test("of which the earlier one is chosen are no fault", () => {
    const local = settingsWith(["attentionScope", "local-m"], ["window", 3]);
    expect(faultOf(local, "attention", "location")).toBeNull();
    expect(faultOf(local, "attentionScope", "global")).toBeNull();
    expect(faultOf(local, "attention", "none")).toBeNull();
  });
});

test("a preset brings its own architecture, and the task's sizes and rate stay", () => {
  const { configuration, options } = planOf(settingsWith(["preset", "gnmt2016"]));
  const before = planOf(settingsWith());
  expect(configuration).toMatchObject({ cell: "lstm", attention: "additive", layers: 2 });
  expect(configuration.hidden).toBe(before.configuration.hidden);
  expect(options.learningRate).toBe(before.options.learningRate);
});

test("what was set by hand stays until another preset is chosen", () => {
  const set = settingsWith(["preset", "bahdanau2014"], ["cell", "rnn"], ["hidden", 32]);
  expect(planOf(set).configuration).toMatchObject({ cell: "rnn", hidden: 32 });
  const other = withOption(set, { key: "preset", value: "cho2014" });
  expect(planOf(other).configuration).toMatchObject({ cell: "gru", hidden: 32 });
});

describe("a setting", () => {
  test("without effect says why", () => {
    const { attentionScope, window, inputFeeding } = settingUses(
      settingsWith(["attention", "none"]),
    );
    expect(attentionScope.fault?.problem).toBe("there is no attention");
    expect(window.fault?.problem).toBe("attention looks at the whole source");
    expect(inputFeeding.fault?.key).toBe("attention");
  });
  test("with effect has none of its values refused that would do something", () => {
    const { attention, window, hidden } = settingUses(settingsWith(["attentionScope", "local-m"]));
    expect(attention.fault).toBeNull();
    expect(attention.choices.filter(({ fault }) => fault)).toEqual([]);
    expect(window.fault).toBeNull();
    expect(hidden).toMatchObject({ fault: null, choices: [] });
  });
  test("has the value of the run, also where the preset decides it", () => {
    const { cell, attention, layers } = settingUses(settingsWith(["preset", "sutskever2014"]));
    expect([cell.value, attention.value, layers.value]).toEqual(["lstm", "none", 2]);
  });
});
