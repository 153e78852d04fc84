import { availableParallelism } from "node:os";
import * as ort from "onnxruntime-node";
import { UserError } from "../tensor/errors.ts";
import { turnTelemetryOff } from "./nodeTelemetry.ts";
import type { Runtime, RuntimeOptions } from "./runtime.ts";
import { checkThreads } from "./runtime.ts";
import type { OrtBuild } from "./session.ts";
import { sessionRuntime } from "./session.ts";

/**
 * ONNX Runtime's native build, which reports to nobody.
 *
 * @throws UserError if this build does not know the device, the threads are no such number, and when a graph is compiled for one that
 *   the machine does not have.
 */
export function nodeRuntime({ device = "cpu", threads }: RuntimeOptions = {}): Runtime {
  const known = ort.listSupportedBackends().map(({ name }) => name);
  if (!known.includes(device)) {
    throw new UserError(
      `--device ${device}: there is no such device; choose one of ${known.join(", ")}.`,
    );
  }
  const processors = availableParallelism();
  checkThreads(threads ?? processors, processors);
  const runtime = sessionRuntime(ort as unknown as OrtBuild, device, {
    intraOpNumThreads: threads ?? processors,
    interOpNumThreads: 1,
    // Shapes change from batch to batch, so that a remembered memory plan is seldom of use.
    enableMemPattern: false,
    logSeverityLevel: 3,
    // Threads that go on waiting actively after a run would be in the way of other sessions.
    extra: {
      session: { set_denormal_as_zero: "1", force_spinning_stop: "1" },
      // Products are written in the order of their factors that is fastest; this would undo it.
      optimization: { disable_specified_optimizers: "GemmTransposeFusion" },
    },
  });
  return {
    device: runtime.device,
    async compile(model, options) {
      await turnTelemetryOff();
      return runtime.compile(model, options);
    },
  };
}
