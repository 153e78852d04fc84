/** The engine of the lab in Node: what it does to a run, which is nothing, and what it shows of it. */
import { afterEach, describe, expect, test } from "vitest";
import {
  type Heard,
  labOptions,
  labPairs,
  labRuntime,
  listenedEngine,
  newRun,
  numbersOfRun,
} from "../../../test/support/labRuns.ts";
import { InferenceModel } from "../../decoding/inferenceModel.ts";
import { sourceReader } from "../../decoding/sourceInput.ts";
import { TextModel } from "../../decoding/textModel.ts";
import { modelInFiles } from "../../modelFolder/modelFolder.ts";
import type { MemoryTrainOptions } from "../../training/memory/memoryRun.ts";
import { MemoryTraining } from "../../training/memory/memoryRun.ts";
import type { LabFiles, Look, RunOptions } from "../messages.ts";
import { optionsOf } from "./runSettings.ts";

const engines: Heard[] = [];
const engineFor = (): Heard => {
  const heard = listenedEngine();
  engines.push(heard);
  return heard;
};
afterEach(async () => {
  for (const { engine } of engines.splice(0)) await engine.ask("end", {});
});

/** The numbers of a run that nobody looks at, after some steps. */
async function undisturbed(
  steps: number,
  options: RunOptions = {},
): Promise<Map<string, number[]>> {
  const run = new MemoryTraining();
  const { model: _, ...all } = {
    ...optionsOf(newRun(options) as never),
    steps,
  } as MemoryTrainOptions;
  await run.train({ ...all, ...(_ && { model: _ }) }, labRuntime);
  return numbersOfRun(run.files);
}

const random: RunOptions = {
  model: { hidden: 8, embedding: 8, layers: 1, dropout: 0.3 },
  scheduledSampling: "linear:20:0.5",
  average: 0.9,
};

/** Without the last bits, which depend on how many sources are decoded together. */
function rounded(looks: readonly Look[]): unknown {
  return JSON.parse(JSON.stringify(looks), (_, value) =>
    typeof value === "number" ? Number(value.toFixed(4)) : value,
  );
}

async function modelIn(files: LabFiles): Promise<TextModel> {
  const { sizes, weights, source, target } = modelInFiles(files, "there are none");
  const model = await InferenceModel.create(labRuntime, sizes, weights);
  return new TextModel(model, sourceReader(source, sizes), target);
}

test("a run begins paused before its first step, with a look at its first weights", async () => {
  const { engine, looks, steps, reached } = engineFor();
  const begun = await engine.ask("begin", { beginning: newRun(), watched: ["abc"] });
  expect(begun).toMatchObject({
    step: 0,
    heldOutCount: 20,
    batchesPerEpoch: 4,
    history: null,
    dropped: [],
  });
  expect(begun.parts).toEqual([
    "embeddings",
    "encoder",
    "bridge",
    "attention",
    "decoder",
    "output",
  ]);
  const { source } = begun.vocabularies;
  expect(source.slice(0, 4)).toEqual(["<pad>", "<unk>", "<s>", "</s>"]);
  expect(source.slice(4).toSorted()).toEqual([..." abcdef"]);
  expect(begun.parameters.find(({ name }) => name === "source_embedding")?.shape[0]).toBe(11);
  expect(begun.shown).toEqual(labPairs.heldOut.slice(0, 16));
  const counted = begun.parameters.reduce(
    (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
    0,
  );
  expect(begun.parameterCount).toBe(counted);
  await engine.ask("pause", {});
  expect(looks).toHaveLength(1);
  expect(looks[0]).toMatchObject({ step: 0, right: 0, moved: begun.parameters.map(() => 0) });
  expect(looks[0]?.watched[0]).toMatchObject({ source: "abc", sourceTokens: ["a", "b", "c"] });
  expect(steps).toEqual([]);
  await engine.ask("go", { speed: "full" });
  await reached(3);
  const { step } = await engine.ask("pause", {});
  expect(steps.map((each) => each.step)).toEqual(Array.from({ length: step }, (_, at) => at + 1));
  expect(looks.map((each) => each.step).slice(0, 2)).toEqual([0, 1]);
  expect(looks.at(-1)?.step).toBe(step);
  const movedOf = (name: string): number | undefined =>
    looks.at(-1)?.moved[begun.parameters.findIndex((parameter) => parameter.name === name)];
  expect(movedOf("source_embedding")).toBeGreaterThan(0);
  expect(movedOf("source_embedding")).toBeLessThan(10);
  // It began as zeros.
  expect(movedOf("encoder.0.forward.bias")).toBe(Number.POSITIVE_INFINITY);
});

test("the measurements of a step agree with each other", async () => {
  const { engine, steps } = engineFor();
  const begun = await engine.ask("begin", { beginning: newRun({ clip: 0.1 }), watched: [] });
  await engine.ask("step", {});
  const { gradientNorm, partNorms } = steps[0] as (typeof steps)[number];
  expect(Math.hypot(...partNorms)).toBeCloseTo(gradientNorm, 5);
  expect(gradientNorm).toBeGreaterThan(0.1);
  const { parameters } = await engine.ask("weights", {});
  begun.parts.forEach((part, index) => {
    const own = parameters.filter((_, at) => begun.parameters[at]?.part === part);
    const norm = Math.hypot(...own.flatMap(({ gradient }) => [...(gradient as Float32Array)]));
    expect(norm, part).toBeCloseTo(partNorms[index] as number, 5);
  });
});

test("the same seed gives the same measurements, another one others", async () => {
  const measured = async (options: RunOptions) => {
    const { engine, steps, looks } = engineFor();
    await engine.ask("begin", { beginning: newRun(options), watched: ["fade"] });
    for (let step = 0; step < 5; step++) await engine.ask("step", {});
    const untimed = (each: object) => ({ ...each, seconds: 0 });
    return [steps.map(untimed), looks.map(untimed)];
  };
  const first = await measured(random);
  expect(await measured(random)).toEqual(first);
  expect(await measured({ ...random, seed: 6 })).not.toEqual(first);
});

test("pauses, single steps, slowness, looks and questions change no bit of a run", async () => {
  const { engine, steps, reached } = engineFor();
  await engine.ask("begin", { beginning: newRun(random), watched: ["abc"] });
  await engine.ask("step", {});
  await engine.ask("go", { speed: 200 });
  await reached(4);
  await engine.ask("watch", { sources: ["fed", "bade"] });
  await engine.ask("weights", {});
  await engine.ask("model", { step: 1 });
  await engine.ask("keep", {});
  await engine.ask("records", { pairs: labPairs.heldOut.slice(0, 2) });
  await engine.ask("go", { speed: "full" });
  await reached(9);
  await engine.ask("pause", {});
  await engine.ask("step", {});
  const { step, files } = await engine.ask("keep", {});
  expect(steps.at(-1)?.step).toBe(step);
  expect(await numbersOfRun(files)).toEqual(await undisturbed(step, random));
}, 60_000);

test("a step that was asked for is taken, though a pause comes right after it", async () => {
  const { engine } = engineFor();
  await engine.ask("begin", { beginning: newRun(), watched: ["abc"] });
  await engine.ask("go", { speed: 3 });
  const [shown, paused] = await Promise.all([engine.ask("step", {}), engine.ask("pause", {})]);
  expect(shown.figures.step).toBeGreaterThan(paused.step);
  const { figures } = await engine.ask("step", {});
  expect(figures.step).toBe(shown.figures.step + 1);
});

test("a run that is kept goes on as if it had never stopped, also within an epoch", async () => {
  const before = engineFor();
  await before.engine.ask("begin", { beginning: newRun(random), watched: ["abc"] });
  for (let step = 0; step < 6; step++) await before.engine.ask("step", {});
  const { files, history } = await before.engine.ask("keep", {});
  const kept = structuredClone({ files, history });
  await before.engine.ask("end", {});

  const after = engineFor();
  const { heldOut } = labPairs;
  const begun = await after.engine.ask("begin", {
    beginning: { kind: "resume", ...kept, heldOut },
    watched: ["abc"],
  });
  expect(begun.step).toBe(6);
  expect(begun.history?.steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(begun.history?.looks).toEqual(kept.history.looks);
  expect(begun.shown).toEqual(kept.history.begun.shown);
  for (let step = 0; step < 5; step++) await after.engine.ask("step", {});
  expect(after.steps.map(({ step }) => step)).toEqual([7, 8, 9, 10, 11]);
  const end = await after.engine.ask("keep", {});
  expect(await numbersOfRun(end.files)).toEqual(await undisturbed(11, random));
  expect(end.history.looks[0]).toEqual(kept.history.looks[0]);
  expect(end.history.steps.map(({ step }) => step)).toHaveLength(11);
  const first = await after.engine.ask("weights", { step: 0 });
  expect(first.step).toBe(0);
}, 60_000);

test("records are how checkpoints see given pairs", async () => {
  const { engine, looks } = engineFor();
  await engine.ask("begin", { beginning: newRun(), watched: [] });
  for (let step = 0; step < 3; step++) await engine.ask("step", {});
  const pairs = labPairs.heldOut.slice(0, 2);
  const { lines } = await engine.ask("records", { pairs });
  expect(lines.map(({ step, source }) => [step, source])).toEqual(
    looks.flatMap(({ step }) => pairs.map(({ source }) => [step, source])),
  );
  const line = lines.at(-1);
  expect(line?.targetTokens).toEqual([...(pairs[1]?.target ?? "")]);
  expect(line?.attention).toHaveLength((line?.targetTokens.length ?? 0) + 1);
  for (const row of line?.attention ?? []) {
    expect(row).toHaveLength(line?.sourceTokens.length ?? 0);
    expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 2);
  }
  expect(line?.translation).toBe(looks.at(-1)?.outputs[1]);
});

test("a run without its history goes on too, and can be looked at", async () => {
  const before = engineFor();
  await before.engine.ask("begin", { beginning: newRun(), watched: [] });
  await before.engine.ask("step", {});
  const { files } = await before.engine.ask("keep", {});
  const { engine, looks } = engineFor();
  const begun = await engine.ask("begin", {
    beginning: { kind: "resume", files, history: null, heldOut: labPairs.heldOut },
    watched: ["abc"],
  });
  expect(begun).toMatchObject({ step: 1, history: null, heldOutCount: 20 });
  await engine.ask("step", {});
  expect(looks.map(({ step }) => step)).toEqual([1, 2]);
});

test("a run that had reached its limit elsewhere goes on here", async () => {
  const elsewhere = new MemoryTraining();
  await elsewhere.train({ ...optionsOf(newRun() as never), steps: 3 }, labRuntime);
  const { engine } = engineFor();
  await engine.ask("begin", {
    beginning: { kind: "resume", files: elsewhere.files, history: null, heldOut: labPairs.heldOut },
    watched: [],
  });
  expect((await engine.ask("step", {})).figures.step).toBe(4);
});

test("a run can start from the weights and vocabularies of a model", async () => {
  const first = engineFor();
  await first.engine.ask("begin", { beginning: newRun(), watched: [] });
  for (let step = 0; step < 3; step++) await first.engine.ask("step", {});
  const { files } = await first.engine.ask("model", {});
  const { engine, looks } = engineFor();
  await engine.ask("begin", { beginning: newRun({ batch: 8 }, files), watched: [] });
  await engine.ask("pause", {});
  const last = first.looks.at(-1);
  expect(looks[0]).toMatchObject({ step: 0, heldOutPerplexity: last?.heldOutPerplexity });
  expect((await engine.ask("step", {})).pairs).toHaveLength(8);
  const fixed = { beginning: newRun({ model: { hidden: 16 } }, files), watched: [] };
  await expect(engineFor().engine.ask("begin", fixed)).rejects.toThrow(
    /^hidden = 16: the model to start from/,
  );
});

describe("what is right", () => {
  test("is what greedy decoding says", async () => {
    const { engine, looks, reached } = engineFor();
    await engine.ask("begin", { beginning: newRun(), watched: ["abcde"] });
    await engine.ask("go", { speed: "full" });
    await reached(150);
    await engine.ask("pause", {});
    const look = looks.at(-1);
    const model = await modelIn((await engine.ask("model", {})).files);
    const sources = labPairs.heldOut.map(({ source }) => source);
    const outputs = (await model.translateAll(sources)).map(([best]) => best?.text);
    const right = outputs.filter((text, index) => text === labPairs.heldOut[index]?.target);
    expect(right.length).toBeGreaterThan(0);
    expect(look?.right).toBe(right.length / 20);
    expect(look?.outputs).toEqual(outputs.slice(0, 16));
    const scores = await model.score(labPairs.heldOut);
    const all = scores.flatMap(({ logProbabilities }) => logProbabilities);
    const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
    expect(look?.heldOutPerplexity).toBeCloseTo(Math.exp(-mean), 3);
    const [watched] = (await model.translate("abcde")) as [
      Awaited<ReturnType<TextModel["translate"]>>[number],
    ];
    expect(look?.watched[0]?.tokens).toEqual(watched.tokens);
    look?.watched[0]?.attention?.forEach((row, at) => {
      row.forEach((weight, place) => {
        expect(weight).toBeCloseTo(watched.attention?.[at]?.[place] as number, 5);
      });
    });
    await model.release();
  }, 60_000);

  test("is nothing without held-out pairs", async () => {
    const { engine, looks } = engineFor();
    const pairs = { train: labPairs.train, heldOut: [] };
    const begun = await engine.ask("begin", {
      beginning: { kind: "new", options: labOptions, pairs },
      watched: ["abc"],
    });
    await engine.ask("step", {});
    expect(begun).toMatchObject({ heldOutCount: 0, shown: [] });
    expect(looks.at(-1)).toMatchObject({ right: 0, heldOutPerplexity: 1, outputs: [] });
  });
});

test("a new source is watched at all checkpoints, with the weights of that time", async () => {
  const { engine, looks } = engineFor();
  await engine.ask("begin", { beginning: newRun(), watched: ["abc"] });
  for (let step = 0; step < 4; step++) await engine.ask("step", {});
  const { looks: again } = await engine.ask("watch", { sources: ["abc"] });
  expect(rounded(again)).toEqual(rounded(looks));
  const { looks: others } = await engine.ask("watch", { sources: ["fade", "d"] });
  expect(others.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
  const model = await modelIn((await engine.ask("model", { step: 2 })).files);
  const [then] = await model.translate("fade");
  expect(others[2]?.watched[0]?.text).toBe(then?.text);
  expect(others[2]?.watched[1]?.source).toBe("d");
  await engine.ask("step", {});
  expect(looks.at(-1)?.watched.map(({ source }) => source)).toEqual(["fade", "d"]);
  await model.release();
});

test("of questions in quick succession the last one counts", async () => {
  const { engine, looks } = engineFor();
  await engine.ask("begin", { beginning: newRun(), watched: [] });
  for (let step = 0; step < 3; step++) await engine.ask("step", {});
  const answers = await Promise.all(
    ["f", "fa", "fad", "fade"].map((source) => engine.ask("watch", { sources: [source] })),
  );
  for (const { looks: each } of answers) {
    expect(each.map(({ step, watched }) => [step, watched[0]?.source])).toEqual(
      [0, 1, 2, 3].map((step) => [step, "fade"]),
    );
  }
  await engine.ask("step", {});
  expect(looks.at(-1)?.watched[0]?.source).toBe("fade");
  const last = engine.ask("watch", { sources: ["bed"] });
  const ended = engine.ask("end", {});
  await expect(last).rejects.toThrow(/^The run was ended/);
  await ended;
});

test("of runs that are begun in quick succession only the last one is prepared", async () => {
  const { engine, looks } = engineFor();
  const begin = (seed: number) =>
    engine.ask("begin", { beginning: newRun({ seed }), watched: ["abc"] });
  const begun = [5, 6, 7].map(begin);
  for (const superseded of begun.slice(0, 2)) {
    await expect(superseded).rejects.toMatchObject({ fault: { kind: "ended" } });
  }
  expect((await begun[2])?.step).toBe(0);
  await engine.ask("pause", {});
  expect(looks).toHaveLength(1);
});

test("checkpoints stay few, and what is asked of a step is answered for the nearest one", async () => {
  const { engine, looks, reached } = engineFor();
  await engine.ask("begin", { beginning: newRun({ average: 0.5 }), watched: [] });
  for (let step = 0; step < 70; step++) await engine.ask("step", {});
  await engine.ask("go", { speed: "full" });
  await reached(80);
  const { step } = await engine.ask("pause", {});
  const { history } = await engine.ask("keep", {});
  expect(history.looks.length).toBeLessThanOrEqual(64);
  expect(looks.length).toBeGreaterThan(64);
  expect([...history.checkpoints.keys()]).toEqual(history.looks.map((look) => look.step));
  expect([history.looks[0]?.step, history.looks.at(-1)?.step]).toEqual([0, step]);
  const last = await engine.ask("weights", { step: 1_000_000, names: ["decoder.0.bias"] });
  expect(last).toMatchObject({ step, parameters: [{ gradient: null }] });
}, 60_000);

test("weights are those of their checkpoint, and the present ones have their gradient", async () => {
  const { engine } = engineFor();
  await engine.ask("begin", {
    beginning: newRun({ optimizer: "sgd", learningRate: 0.5, clip: 0 }),
    watched: [],
  });
  const before = await engine.ask("weights", {});
  expect(before.parameters.every(({ gradient }) => gradient === null)).toBe(true);
  await engine.ask("step", {});
  const after = await engine.ask("weights", {});
  const first = await engine.ask("weights", { step: 0 });
  expect(first.parameters.map(({ values }) => values)).toEqual(
    before.parameters.map(({ values }) => values),
  );
  for (const [index, { name, values, gradient }] of after.parameters.entries()) {
    const old = before.parameters[index]?.values as Float32Array;
    const expected = old.map(
      (value, at) => value - 0.5 * ((gradient as Float32Array)[at] as number),
    );
    values.forEach((value, at) => {
      expect(value, name).toBeCloseTo(expected[at] as number, 5);
    });
  }
});

test("lazily updated embeddings show the gradient of the whole table", async () => {
  const gradientsWith = async (optimizer: string) => {
    const { engine } = engineFor();
    await engine.ask("begin", { beginning: newRun({ optimizer }), watched: [] });
    await engine.ask("step", {});
    const names = ["source_embedding", "target_embedding"];
    const { parameters } = await engine.ask("weights", { names });
    return parameters.map(({ gradient }) => [...(gradient as Float32Array)]);
  };
  const [lazy, whole] = [await gradientsWith("lazy-adam"), await gradientsWith("adam")];
  lazy.flat().forEach((value, at) => {
    expect(value).toBeCloseTo(whole.flat()[at] as number, 6);
  });
});

describe("what goes wrong is said in a sentence", () => {
  const refused = (options: RunOptions) =>
    engineFor().engine.ask("begin", { beginning: newRun(options), watched: [] });
  test("options", async () => {
    await expect(refused({ batch: 0 })).rejects.toThrow(/^batch = 0: .*\.$/);
    await expect(refused({ batch: 0, clip: -1 })).rejects.toThrow(/batch = 0: .* clip = -1: /);
    await expect(refused({ model: { hidden: 8, cell: "none" } })).rejects.toThrow(/cell = none/);
  });
  test("pairs", async () => {
    const pairs = { train: [{ source: "", target: "a" }], heldOut: [] };
    const beginning = { kind: "new", options: labOptions, pairs } as const;
    await expect(engineFor().engine.ask("begin", { beginning, watched: [] })).rejects.toThrow(
      /data: /,
    );
  });
  test("files", async () => {
    const beginning = { kind: "resume", files: new Map(), history: null, heldOut: [] } as const;
    await expect(engineFor().engine.ask("begin", { beginning, watched: [] })).rejects.toThrow(
      /^There is no run in memory/,
    );
  });
  test("a request without a run", async () => {
    await expect(engineFor().engine.ask("go", { speed: "full" })).rejects.toThrow(
      /^There is no run; begin one/,
    );
  });
  test("a run that diverges; what was seen of it stays", async () => {
    const { engine, failures, looks } = engineFor();
    const options = { optimizer: "sgd", learningRate: 1e38, clip: 0, labelSmoothing: 0.1 };
    await engine.ask("begin", { beginning: newRun(options), watched: ["abc"] });
    const diverges = async () => {
      for (let step = 0; step < 20; step++) await engine.ask("step", {});
    };
    await expect(diverges()).rejects.toThrow(/\.$/);
    expect(failures).toEqual([
      { kind: "diverged", what: expect.any(String), step: expect.any(Number) },
    ]);
    await expect(engine.ask("go", { speed: "full" })).rejects.toMatchObject({ fault: failures[0] });
    expect((await engine.ask("weights", {})).step).toBe(looks.at(-1)?.step);
    expect((await engine.ask("watch", { sources: ["fed"] })).looks[0]?.watched[0]?.source).toBe(
      "fed",
    );
    await engine.ask("begin", { beginning: newRun(), watched: [] });
    expect((await engine.ask("step", {})).figures.step).toBe(1);
  });
});

test("dropped pairs are told of", async () => {
  const pairs = { train: [...labPairs.train, { source: "abc", target: " " }], heldOut: [] };
  const { engine } = engineFor();
  const { dropped } = await engine.ask("begin", {
    beginning: { kind: "new", options: labOptions, pairs },
    watched: [],
  });
  expect(dropped).toEqual([{ reason: "empty target", count: 1, lines: [61] }]);
});

test("a new run takes the place of the former, which says no more", async () => {
  const { engine, steps, reached } = engineFor();
  await engine.ask("begin", { beginning: newRun(), watched: [] });
  await engine.ask("go", { speed: "full" });
  await reached(2);
  const waiting = engine.ask("step", {});
  waiting.catch(() => {});
  await engine.ask("begin", { beginning: newRun({ seed: 9 }), watched: [] });
  const said = steps.length;
  await engine.ask("step", {});
  expect(steps.slice(said).map(({ step }) => step)).toEqual([1]);
});

test("an ended run frees its graphs", async () => {
  const open = new Set<object>();
  const counting: typeof labRuntime = {
    device: labRuntime.device,
    async compile(model, options) {
      const program = await labRuntime.compile(model, options);
      open.add(program);
      return {
        model: program.model,
        run: (feeds, fetches) => program.run(feeds, fetches),
        release: () => {
          open.delete(program);
          return program.release();
        },
      };
    },
  };
  const { LabEngine } = await import("./labEngine.ts");
  const engine = new LabEngine({ runtime: Promise.resolve(counting) });
  await engine.ask("begin", { beginning: newRun(random), watched: ["abc"] });
  await engine.ask("step", {});
  expect(open.size).toBeGreaterThan(5);
  await engine.ask("end", {});
  expect(open.size).toBe(0);
  await engine.ask("begin", { beginning: newRun(), watched: [] });
  await engine.ask("go", { speed: "full" });
  await engine.ask("end", {});
  expect(open.size).toBe(0);
});
