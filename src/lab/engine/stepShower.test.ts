/** A step that is shown is the step that is taken: everything is computed a second time from what is shown. */
import { expect, test } from "vitest";
import { evaluate } from "../../../test/support/evaluate.ts";
import { labRuntime, listenedEngine, newRun } from "../../../test/support/labRuns.ts";
import { InferenceModel } from "../../decoding/inferenceModel.ts";
import { sourceReader } from "../../decoding/sourceInput.ts";
import { TextModel } from "../../decoding/textModel.ts";
import { modelInFiles } from "../../modelFolder/modelFolder.ts";
import { shownStepGraph } from "../../models/shownStepGraph.ts";
import type { NamedValues } from "../../runtime/runtime.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { numbersOf, tensorValue } from "../../tensor/value.ts";
import { MemoryTraining } from "../../training/memory/memoryRun.ts";
import type { RunHooks, RunView } from "../../training/run/runHooks.ts";
import type { ShownStep } from "../messages.ts";
import { optionsOf } from "./runSettings.ts";
import { StepShower } from "./stepShower.ts";

const meanLoss = ({ pairs, tokenCount }: Omit<ShownStep, "figures">): number =>
  pairs.flatMap(({ losses }) => losses).reduce((sum, each) => sum + each, 0) / tokenCount;

test.each([
  ["", {}],
  [", with the source reversed", { reverseSource: true }],
  [", without attention", { attention: "none" }],
])(
  "losses, probabilities and attention are those of the model before the step%s",
  async (_, changes) => {
    const { engine } = listenedEngine();
    const model = { hidden: 8, embedding: 8, layers: 1, dropout: 0, ...changes };
    await engine.ask("begin", { beginning: newRun({ model, batch: 7 }), watched: [] });
    await engine.ask("step", {});
    const { files } = await engine.ask("model", {});
    const shown = await engine.ask("step", {});
    await engine.ask("end", {});
    expect(shown.isRandom).toBe(false);
    expect(meanLoss(shown)).toBeCloseTo(shown.figures.loss, 5);

    const { sizes, weights, source, target } = modelInFiles(files, "there are none");
    const inference = await InferenceModel.create(labRuntime, sizes, weights);
    const text = new TextModel(inference, sourceReader(source, sizes), target);
    const scores = await text.score(shown.pairs);
    for (const [index, pair] of shown.pairs.entries()) {
      const score = scores[index] as (typeof scores)[number];
      const length = pair.targetMask.filter(Boolean).length;
      expect(pair.losses).toHaveLength(length);
      pair.losses.forEach((loss, at) => {
        expect(loss).toBeCloseTo(-(score.logProbabilities[at] as number), 4);
      });
      expect(pair.sourceTokens.filter((_, at) => pair.sourceMask[at])).toEqual([...pair.source]);
      expect(pair.sourceTokens.filter((_, at) => !pair.sourceMask[at]).join("")).toMatch(
        /^(<pad>)*$/,
      );
      expect(pair.inputTokens.slice(0, length)).toEqual(["<s>", ...pair.target]);
      expect(pair.targetTokens.slice(0, length)).toEqual([...pair.target, "</s>"]);
      pair.best.forEach((best, at) => {
        const probabilities = best.map(({ probability }) => probability);
        expect(probabilities).toEqual(probabilities.toSorted((one, other) => other - one));
        const own = best.find(({ token }) => token === pair.targetTokens[at]);
        if (own) expect(-Math.log(own.probability)).toBeCloseTo(pair.losses[at] as number, 4);
      });
      expect(pair.attention === null).toBe(score.attention === null);
      pair.attention?.forEach((row, at) => {
        expect(row).toHaveLength(pair.sourceMask.length);
        row.forEach((weight, place) => {
          const expected = pair.sourceMask[place] ? score.attention?.[at]?.[place] : 0;
          expect(weight).toBeCloseTo(expected as number, 5);
        });
      });
    }
    await text.release();
  },
);

test("with dropout and words of its own, the gradient is that of the losses that are shown", async () => {
  const options = optionsOf(
    newRun({
      model: { hidden: 8, embedding: 8, layers: 1, dropout: 0.3 },
      scheduledSampling: "exponential:0.01",
    }) as never,
  );
  const shower = new StepShower(labRuntime);
  let view: RunView | null = null;
  let shown: Omit<ShownStep, "figures"> | null = null;
  let feeds: NamedValues = {};
  let checked = 0;
  const hooks: RunHooks = {
    async begin(begun) {
      view = begun;
    },
    async beforeStep(coming) {
      const { parts } = view as RunView;
      shown = await shower.show(parts, coming);
      const [task] = parts.shared.tasksOf(coming.batches, coming.step);
      const all = {
        ...(await parts.step.feedsOf(task as never)),
        ...Object.fromEntries(parts.step.parameters.views),
      };
      feeds = Object.fromEntries(
        Object.entries(all).map(([name, value]) => [name, inFloat64(value)]),
      );
    },
    async afterStep({ step, result }) {
      const { parts } = view as RunView;
      expect(meanLoss(shown as never)).toBeCloseTo(result.loss, 5);
      if (step < 2) return;
      expect(shown?.isRandom).toBe(true);
      const graph = shownStepGraph(parts.sizes, { best: 1, dtype: "float64" });
      const lossWith = async (): Promise<number> => {
        const { log_probability } = await evaluate(
          { log_probability: graph["log_probability"] as never },
          feeds,
        );
        const all = numbersOf(log_probability as TensorValue);
        return -all.reduce((sum, each) => sum + each, 0) / all.length;
      };
      expect(await lossWith()).toBeCloseTo(meanLoss(shown as never), 5);
      for (const { name } of parts.step.graph.parameters) {
        const gradient = parts.step.gradientOf(name);
        const { data } = feeds[name] as { data: Float64Array };
        const index = gradient.reduce(
          (best, value, at) => (Math.abs(value) > Math.abs(gradient[best] as number) ? at : best),
          0,
        );
        const before = data[index] as number;
        data[index] = before + 1e-4;
        const above = await lossWith();
        data[index] = before - 1e-4;
        const below = await lossWith();
        data[index] = before;
        expect(gradient[index], `${name}[${index}]`).toBeCloseTo((above - below) / 2e-4, 5);
        checked++;
      }
    },
  };
  await new MemoryTraining().train({ ...options, steps: 2 }, labRuntime, hooks);
  await shower.release();
  expect(checked).toBeGreaterThan(8);
}, 60_000);

function inFloat64({ dtype, shape, data }: TensorValue): TensorValue {
  return dtype === "float32"
    ? tensorValue("float64", shape, Array.from(data as Float32Array))
    : { dtype, shape, data };
}
