import type { Tensor } from "../../src/graph/tensor.ts";
import { emitModel } from "../../src/onnx/emit.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import type { NamedValues, Program } from "../../src/runtime/runtime.ts";

const runtime = nodeRuntime({ threads: 1 });

/** Compiles a graph for a test. */
export function compile(outputs: Readonly<Record<string, Tensor>>): Promise<Program> {
  return runtime.compile(emitModel("test", outputs));
}

/** Runs a graph once. */
export async function evaluate(
  outputs: Readonly<Record<string, Tensor>>,
  feeds: NamedValues,
): Promise<NamedValues> {
  const program = await compile(outputs);
  const results = await program.run(feeds);
  await program.release();
  return results;
}
