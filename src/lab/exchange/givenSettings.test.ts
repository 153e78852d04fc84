import { beforeAll, describe, expect, test } from "vitest";
import { trainLetters } from "../../../test/support/lettersRun.ts";
import { modelInFiles } from "../../modelFolder/modelFolder.ts";
import type { MemoryTraining } from "../../training/memory/memoryRun.ts";
import { valuesOf } from "../runOptions.ts";
import { heldOutOf } from "./givenRun.ts";
import { settingsOfModel, settingsOfRun } from "./givenSettings.ts";

let run: MemoryTraining;
beforeAll(async () => {
  run = await trainLetters();
}, 120_000);

describe("a run that is taken from its files", () => {
  test("has its task, known by its pairs, and the settings that it was trained with", async () => {
    const settings = await settingsOfRun(run.files, heldOutOf(run.files));
    expect(settings?.task).toBe("reverse");
    expect(settings && valuesOf(settings)).toMatchObject({
      hidden: 16,
      embedding: 8,
      batch: 16,
      seed: 3,
      scheduledSampling: "none",
    });
  });
  test("is one of the reader's own pairs if no task has such pairs", async () => {
    expect((await settingsOfRun(run.files, []))?.task).toBe("own");
    const others = [{ source: "ab", target: "b" }];
    expect((await settingsOfRun(run.files, others))?.task).toBe("own");
  });
  test("has none if its options are not there, or damaged", async () => {
    expect(await settingsOfRun(new Map(), [])).toBeNull();
    const damaged = new Map([["training/options.json", new TextEncoder().encode("{")]]);
    expect(await settingsOfRun(damaged, [])).toBeNull();
  });
});

test("a model that is trained further gives its shape, and the chosen way of learning stays", () => {
  const { sizes } = modelInFiles(run.files, "give all files");
  const chosen = { task: "copy", options: { hidden: 128, learningRate: 0.002 } } as const;
  const settings = settingsOfModel(chosen, sizes);
  expect(settings.task).toBe("copy");
  expect(valuesOf(settings)).toMatchObject({
    hidden: 16,
    embedding: 8,
    cell: sizes.cell,
    layers: sizes.layers,
    learningRate: 0.002,
  });
});
