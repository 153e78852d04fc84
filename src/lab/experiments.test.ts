import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { experimentNames, experiments } from "./experiments.ts";
import { runOptionsOf } from "./runOptions.ts";
import { type Experiment, readExperiment, writeExperiment } from "./settingsAddress.ts";
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

describe("docs/lab.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/lab.md"), "utf8");
  const links = [...page.matchAll(/#(lab=[^\s)`]+)/g)].map(([, link]) => link as string);
  test.each(links)("%s is an experiment, and nothing in it is left out", (link) => {
    const parameters = Object.fromEntries(new URLSearchParams(link));
    expect(writeExperiment(readExperiment(parameters))).toEqual(parameters);
  });
  test("explains the ready experiments, in their order", () => {
    const canonical = (experiment: Experiment): string =>
      JSON.stringify(writeExperiment(experiment));
    const ready = experimentNames.map((name) =>
      canonical({ ...experiments[name], isStarted: true }),
    );
    const explained = links.map((link) =>
      canonical(readExperiment(Object.fromEntries(new URLSearchParams(link)))),
    );
    expect(explained.filter((each) => ready.includes(each))).toEqual(ready);
  });
});
