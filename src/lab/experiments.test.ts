import { describe, expect, test } from "vitest";
import { experimentNames, experiments } from "./experiments.ts";
import { runOptionsOf } from "./runOptions.ts";
import { readExperiment, writeExperiment } from "./settingsAddress.ts";
import { withOption } from "./withOption.ts";

describe.each(experimentNames)("the experiment %s", (name) => {
  const experiment = { ...experiments[name], isStarted: true };
  test("is the same when its address is opened", () => {
    expect(readExperiment(writeExperiment(experiment))).toEqual(experiment);
  });
  test("compares two different runs, if it compares", () => {
    const { settings, versus } = experiment;
    if (versus === null) return;
    expect(runOptionsOf(withOption(settings, versus))).not.toEqual(runOptionsOf(settings));
  });
});
