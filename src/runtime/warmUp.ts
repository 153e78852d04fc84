import { input } from "../graph/operators/source.ts";
import { emitModel } from "../onnx/emit.ts";
import type { Runtime } from "./runtime.ts";

/**
 * Prepares and frees a graph that does nothing. The first graph of a page, however small, waits until ONNX Runtime has been
 * fetched and started; so this can happen before there is anything to compute.
 *
 * @throws what the runtime throws, such as a UserError if it does not load.
 */
export async function warmUp(runtime: Runtime): Promise<Runtime> {
  const program = await runtime.compile(emitModel("warm", { y: input("x", "float32", [1]) }));
  await program.release();
  return runtime;
}
