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
