import { expect, test } from "vitest";
import { input } from "../graph/operators/source.ts";
import { emitModel } from "../onnx/emit.ts";
import type { OrtBuild } from "./ortBuild.ts";
import { sessionRuntime } from "./session.ts";
import { atOnce, turns, turnsOf } from "./turns.ts";

const graph = emitModel("graph", { y: input("x", "float32", [1]) });
const feeds = { x: { dtype: "float32", shape: [1], data: Float32Array.of(1) } } as const;

/** A build whose calls take a moment, and which counts how many it has at most at a time. */
function slowBuild(): { build: OrtBuild; most: () => number; calls: string[] } {
  const calls: string[] = [];
  let [running, most] = [0, 0];
  const take = async <Result>(name: string, result: Result): Promise<Result> => {
    calls.push(name);
    running++;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    if (name === "run" && calls.filter((each) => each === "run").length === 2) {
      throw new Error("the device is lost");
    }
    return result;
  };
  const y = { type: "float32", dims: [1], data: Float32Array.of(2) };
  const session = { run: () => take("run", { y }), release: () => take("release", undefined) };
  const build: OrtBuild = {
    Tensor: class {} as unknown as OrtBuild["Tensor"],
    InferenceSession: { create: () => take("create", session as never) },
  };
  return { build, most: () => most, calls };
}

/** Two programs that run at the same time while a third is compiled and the first one is released. */
async function useTogether(build: OrtBuild, inTurn = atOnce): Promise<string[]> {
  const runtimes = [0, 1].map(() => sessionRuntime(build, "webgpu", {}, { inTurn }));
  const programs = await Promise.all(runtimes.map((runtime) => runtime.compile(graph)));
  const results = await Promise.allSettled([
    ...programs.map((program) => program.run(feeds)),
    programs[0]?.run(feeds),
    runtimes[0]?.compile(graph),
    programs[0]?.release(),
  ]);
  return results.map(({ status }) => status);
}

test("a build that cannot have two calls at a time gets them in their order, and goes on after a failure", async () => {
  const { build, most, calls } = slowBuild();
  expect(await useTogether(build, turnsOf(build))).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
  expect(most()).toBe(1);
  expect(calls).toEqual(["create", "create", "run", "run", "run", "create", "release"]);
});

test("other builds get calls as they come", async () => {
  const { build, most } = slowBuild();
  await useTogether(build);
  expect(most()).toBeGreaterThan(1);
});

test("all runtimes on one build share its queue, and other builds have their own", () => {
  const [one, other] = [{}, {}];
  expect(turnsOf(one)).toBe(turnsOf(one));
  expect(turnsOf(one)).not.toBe(turnsOf(other));
});

test("a call gives what it returns, and throws what it throws", async () => {
  const inTurn = turns();
  const failed = inTurn(() => Promise.reject(new Error("no")));
  const found = inTurn(async () => 7);
  await expect(failed).rejects.toThrow("no");
  expect(await found).toBe(7);
});
