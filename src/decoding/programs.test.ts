import { expect, test } from "vitest";
import { add } from "../graph/operators/elementwise.ts";
import { input } from "../graph/operators/source.ts";
import type { Program, Runtime } from "../runtime/runtime.ts";
import { mostPrograms, Programs } from "./programs.ts";

/** A runtime whose programs return what they are fed, and that remembers which are held. */
function heldPrograms(): { runtime: Runtime; held: Set<string>; fail: { next: boolean } } {
  const held = new Set<string>();
  const fail = { next: false };
  const compile = async (model: Program["model"]): Promise<Program> => {
    await Promise.resolve();
    if (fail.next) {
      fail.next = false;
      throw new Error("out of memory");
    }
    const name = String(held.size + Math.random());
    held.add(name);
    return {
      model,
      run: async (feeds) => {
        await Promise.resolve();
        if (!held.has(name)) throw new Error("The program was released.");
        return feeds;
      },
      release: async () => {
        held.delete(name);
      },
    };
  };
  return { runtime: { device: "cpu", compile }, held, fail };
}

const graph = () => ({ y: add(input("x", "float32", [1]), 1) });
const run = (programs: Programs, name: string) => programs.run(name, graph, {});

test("only the graphs that were used last are kept", async () => {
  const { runtime, held } = heldPrograms();
  const programs = new Programs(runtime, new Map());
  await run(programs, "first");
  for (let index = 0; index < 3 * mostPrograms; index++) {
    await run(programs, `step ${index}`);
    await run(programs, "first");
  }
  expect(held.size).toBe(mostPrograms);
});

test("a graph that is running stays, however many others begin", async () => {
  const { runtime, held } = heldPrograms();
  const programs = new Programs(runtime, new Map());
  const names = Array.from({ length: 2 * mostPrograms }, (_, index) => `step ${index}`);
  await Promise.all(names.map((name) => run(programs, name)));
  await run(programs, "last");
  expect(held.size).toBe(mostPrograms);
});

test("a graph that could not be compiled is tried again", async () => {
  const { runtime, held, fail } = heldPrograms();
  const programs = new Programs(runtime, new Map());
  fail.next = true;
  await expect(run(programs, "step")).rejects.toThrow("out of memory");
  await run(programs, "step");
  fail.next = true;
  const failing = run(programs, "other");
  const released = programs.release();
  await expect(failing).rejects.toThrow("out of memory");
  await released;
  expect(held.size).toBe(0);
});

test("nothing runs after the release", async () => {
  const { runtime } = heldPrograms();
  const programs = new Programs(runtime, new Map());
  await run(programs, "step");
  await programs.release();
  await expect(run(programs, "step")).rejects.toThrow(/was released/);
});

test("a run that is under way at the release ends, and none follows it", async () => {
  const { runtime, held } = heldPrograms();
  const programs = new Programs(runtime, new Map());
  await programs.prepare("step", graph);
  const running = run(programs, "step");
  const released = programs.release();
  await expect(run(programs, "step")).rejects.toMatchObject({ name: "UserError" });
  await released;
  await expect(running).resolves.toEqual({});
  expect(held.size).toBe(0);
});
