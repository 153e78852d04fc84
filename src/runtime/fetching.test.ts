import { describe, expect, test } from "vitest";
import { exp, multiply } from "../graph/operators/elementwise.ts";
import { input } from "../graph/operators/source.ts";
import { emitModel } from "../onnx/emit.ts";
import { tensorValue } from "../tensor/value.ts";
import type { Fetching } from "./fetching.ts";
import { probeFetching } from "./fetching.ts";
import { nativeBuild, nodeRuntime } from "./node.ts";
import type { OrtBuild } from "./ortBuild.ts";

const x = input("x", "float32", ["size"]);
const model = emitModel("graph", { y: exp(x), z: multiply(x, x) });
const values = Float32Array.from({ length: 1000 }, (_, index) => Math.sin(index));
const feeds = { x: { dtype: "float32", shape: [1000], data: values } } as const;

describe.each<Fetching | undefined>(["withheld", "written", "copied", undefined])(
  "results %s",
  (how) => {
    test("lie in the memory that was given for them", async () => {
      const program = await nodeRuntime({ threads: 1 }, how).compile(model);
      const all = await program.run(feeds);
      expect(Object.keys(all)).toEqual(["y", "z"]);
      const y = tensorValue("float32", [1000], 0);
      const results = await program.run(feeds, { y });
      expect(results["y"]).toBe(y);
      expect(y.data).toEqual(all["y"]?.data);
      expect(Object.keys(await program.run(feeds, ["z"]))).toEqual(["z"]);
      await program.release();
    });
  },
);

test("a fault of a graph is not taken for a result that was kept from being copied", async () => {
  const program = await nodeRuntime({ threads: 1 }, "withheld").compile(model);
  const y = tensorValue("float32", [3], 0);
  await expect(program.run(feeds, { y })).rejects.toThrow("shape");
  await expect(program.run({}, { y })).rejects.toThrow("needs its input x");
  await program.release();
});

describe("the probe", () => {
  const build = nativeBuild;
  /** A build that hands over the results of the real one in its own way. */
  const changed = (
    hand: (targets: Record<string, { data: Float32Array }>, run: () => Promise<unknown>) => unknown,
  ): OrtBuild => ({
    Tensor: build.Tensor,
    InferenceSession: {
      create: async (bytes, options) => {
        const session = await build.InferenceSession.create(bytes, options);
        const run = async (given: never, targets: never): Promise<unknown> =>
          hand(targets, () => session.run(given, targets));
        return { run, release: () => session.release() } as never;
      },
    },
  });

  test("finds that this build can be kept from copying", async () => {
    expect(await probeFetching(build, {})).toMatch(/^(withheld|shared)$/);
  });

  test("finds a build that copies nothing by itself", async () => {
    const shares = changed(async (targets, run) => {
      await run().catch(() => null);
      return targets;
    });
    expect(await probeFetching(shares, {})).toBe("shared");
  });

  test("finds a build that always copies what it has written", async () => {
    const refuses = changed((targets, run) => {
      if (Object.values(targets).includes(null as never)) throw new Error("no such type");
      return run();
    });
    expect(await probeFetching(refuses, {})).toBe("written");
  });

  test("finds a build that does not write into given memory", async () => {
    const elsewhere = changed((targets) => {
      if (Object.values(targets).includes(null as never)) throw new Error("no such type");
      return { y: { data: Float32Array.of(3, 4) } };
    });
    // It writes to other memory, which is not among the targets.
    expect(await probeFetching(elsewhere, {})).toBe("copied");
  });
});
