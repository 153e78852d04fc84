import { expect, test } from "vitest";
import { input } from "../graph/operators/source.ts";
import { emitModel } from "../onnx/emit.ts";
import { UserError } from "../tensor/errors.ts";
import type { OrtBuild } from "./ortBuild.ts";
import { sessionRuntime } from "./session.ts";

const failing = (error: unknown): OrtBuild => ({
  Tensor: class {} as unknown as OrtBuild["Tensor"],
  InferenceSession: { create: () => Promise.reject(error) },
});
const compileOn = (
  device: string,
  message: string,
  error: unknown = new Error(message),
): Promise<unknown> =>
  sessionRuntime(failing(error), device, {}).compile(
    emitModel("encode", { y: input("x", "float32", [2]) }),
  );

test("a machine without a graphics card is told what is missing", async () => {
  const message = "Failed to get a WebGPU adapter: No supported adapters";
  await expect(compileOn("webgpu", message)).rejects.toThrow(UserError);
  await expect(compileOn("webgpu", message)).rejects.toThrow(
    'The device "webgpu" finds no usable graphics card',
  );
  await expect(compileOn("cuda", message)).rejects.toThrow(`encode: ${message}`);
});

test("what a device cannot run is told with the graph's name, the processor's faults as they are", async () => {
  await expect(compileOn("cuda", "no kernel")).rejects.toThrow(
    'The device "cuda" cannot run the graph encode: no kernel',
  );
  await expect(compileOn("cpu", "no kernel")).rejects.not.toThrow(UserError);
});

test.each([
  ["cpu", new Error("std::bad_alloc")],
  ["cpu", new Error("Failed to allocate memory for requested buffer of size 9663676416")],
  ["wasm", new RangeError("Array buffer allocation failed")],
  ["wasm", new Error("Aborted(OOM). Build with -sASSERTIONS for more info.")],
  ["wasm", 15728640],
])("on %s, memory that does not suffice is told as such: %s", async (device, error) => {
  const compiled = compileOn(device, "", error);
  await expect(compiled).rejects.toThrow(UserError);
  await expect(compiled).rejects.toThrow("There is not enough memory for the graph encode (");
});

test("a build that cannot write into given memory has its results copied there", async () => {
  const run = async (_: unknown, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, { type: "float32", dims: [2], data: [3, 4] }]));
  const build: OrtBuild = {
    Tensor: class {
      readonly data: unknown;
      constructor(_: string, data: unknown) {
        this.data = data;
      }
    } as unknown as OrtBuild["Tensor"],
    InferenceSession: { create: async () => ({ run }) as never },
  };
  const runtime = sessionRuntime(build, "wasm", {});
  const program = await runtime.compile(emitModel("graph", { y: input("x", "float32", [2]) }));
  const x = { dtype: "float32", shape: [2], data: Float32Array.of(1, 2) } as const;
  await program.run({ x }, { y: x });
  expect([...x.data]).toEqual([3, 4]);
});
