import { describe, expect, test } from "vitest";
import { readExperiment, writeExperiment } from "./settingsAddress.ts";

const read = (text: string) => readExperiment(Object.fromEntries(new URLSearchParams(text)));
const reread = (text: string) =>
  decodeURIComponent(String(new URLSearchParams(writeExperiment(read(text)))));

describe("an address", () => {
  test("of a task alone has its defaults", () => {
    expect(read("lab=copy")).toEqual({
      settings: { task: "copy", options: {} },
      versus: null,
      watched: null,
      isStarted: false,
    });
  });
  test("reopens settings, comparison, watched source and start", () => {
    const text =
      "lab=reverse&hidden=32&bidirectional=false&scheduledSampling=linear:500&seed=3&versus=attention:none&watch=abc&run=1";
    expect(read(text)).toMatchObject({
      settings: {
        task: "reverse",
        options: { hidden: 32, bidirectional: false, scheduledSampling: "linear:500", seed: 3 },
      },
      versus: { key: "attention", value: "none" },
      watched: "abc",
      isStarted: true,
    });
    expect(read(reread(text))).toEqual(read(text));
  });
  test("holds only what differs from the defaults of the task", () => {
    const defaults = "lab=reverse&cell=gru&layers=1&seed=1&dropout=0&scheduledSampling=none";
    expect(reread(defaults)).toBe("lab=reverse");
  });
  test("of a preset holds what differs from that preset", () => {
    expect(reread("lab=reverse&preset=bahdanau2014&attention=additive&attentionPlace=before")).toBe(
      "lab=reverse&preset=bahdanau2014",
    );
    expect(reread("lab=reverse&preset=bahdanau2014&attention=none")).toBe(
      "lab=reverse&preset=bahdanau2014&attention=none",
    );
  });
});

describe("nonsense is left out:", () => {
  test.each([
    ["an unknown task", "lab=chess", "lab=reverse"],
    ["a word for a number", "lab=copy&hidden=many", "lab=copy"],
    ["a number out of range", "lab=copy&layers=0&dropout=1", "lab=copy"],
    ["a size that does not go", "lab=copy&hidden=63", "lab=copy"],
    ["an unknown word", "lab=copy&cell=transformer&optimizer=magic&schedule=never", "lab=copy"],
    ["an unknown preset", "lab=copy&preset=xu2015", "lab=copy"],
    ["what has no effect", "lab=copy&window=3", "lab=copy"],
    ["a comparison with the same", "lab=copy&versus=cell:gru", "lab=copy"],
    ["a comparison that cannot be", "lab=copy&versus=window:3", "lab=copy"],
    ["a comparison of nothing", "lab=copy&versus=none", "lab=copy"],
    ["other parameters", "lab=copy&out=/tmp&threads=4", "lab=copy"],
  ])("%s", (_, text, expected) => {
    expect(reread(text)).toBe(expected);
  });
});
