import { expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { webRuntime } from "./web.ts";

test.each([0, -1, 1.5, Number.NaN, 1e9])("%s threads are refused", async (threads) => {
  await expect(webRuntime({ threads })).rejects.toThrow(UserError);
  await expect(webRuntime({ threads })).rejects.toThrow(
    `threads: ${threads} is not a number of threads; give a whole number from 1 to 1024.`,
  );
});

test("where there is no WebAssembly, the reader is told so", async () => {
  const { WebAssembly: known } = globalThis as { WebAssembly?: unknown };
  Reflect.deleteProperty(globalThis, "WebAssembly");
  try {
    await expect(webRuntime()).rejects.toThrow(/^WebAssembly is missing/);
  } finally {
    Object.defineProperty(globalThis, "WebAssembly", {
      value: known,
      configurable: true,
      writable: true,
    });
  }
});

test("a device of its own loads its build, and no other is asked", async () => {
  const env = { wasm: {} as { numThreads?: number; wasmPaths?: string }, versions: { web: "1.2" } };
  const runtime = await webRuntime({
    device: { name: "webgpu", load: async () => ({ env }) },
    threads: 3,
    wasmFolder: "http://host/wasm",
  });
  expect(runtime.device).toBe("webgpu");
  expect(env.wasm).toEqual({ numThreads: 3, wasmPaths: "http://host/wasm/" });
});

test("where webgpu.js is missing, its address is named, and what to do", async () => {
  const { href } = new URL("nowhere/", import.meta.url);
  await expect(webRuntime({ device: "webgpu", wasmFolder: href })).rejects.toThrow(
    `${href}webgpu.js: it could not be loaded`,
  );
  await expect(webRuntime({ device: "webgpu", wasmFolder: href })).rejects.toThrow(
    /copy the files of seq2see's dist\/webgpu there, or give webgpu of "seq2see\/webgpu"/,
  );
});
