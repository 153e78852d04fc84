import { expect, test } from "vitest";
import { nodeRuntime } from "./node.ts";
import type { Runtime } from "./runtime.ts";
import { warmUp } from "./warmUp.ts";

test("warming up leaves no graph behind, and tells what is wrong", async () => {
  const runtime = nodeRuntime({ threads: 1 });
  let open = 0;
  const counted: Runtime = {
    ...runtime,
    async compile(model) {
      const program = await runtime.compile(model);
      open++;
      return {
        ...program,
        model,
        run: (feeds) => program.run(feeds),
        release: async () => void open--,
      };
    },
  };
  expect(await warmUp(counted)).toBe(counted);
  expect(open).toBe(0);
  const broken: Runtime = { device: "wasm", compile: () => Promise.reject(new Error("missing")) };
  await expect(warmUp(broken)).rejects.toThrow("missing");
});
