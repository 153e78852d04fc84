import { availableParallelism } from "node:os";
import * as ort from "onnxruntime-node";
import { meantValues } from "../options/option.ts";
import { OptionError } from "../options/optionError.ts";
import { type Fetching, probeFetching } from "./fetching.ts";
import { turnTelemetryOff } from "./nodeTelemetry.ts";
import type { RuntimeOptions } from "./options.ts";
import { runtimeOptions } from "./options.ts";
import type { OrtBuild } from "./ortBuild.ts";
import type { Runtime } from "./runtime.ts";
import { checkThreads } from "./runtime.ts";
import { sessionRuntime } from "./session.ts";

/** ONNX Runtime's native build. */
export const nativeBuild: OrtBuild = ort as unknown as OrtBuild;

/**
 * ONNX Runtime's native build, with its usage reports switched off.
 *
 * @param fetching how results get into given memory; found out by default.
 * @throws OptionError if this build does not know the device or the number of threads is invalid, and when a graph
 *   is compiled for a device that the machine does not have.
 */
export function nodeRuntime(
  { device = runtimeOptions.device.default, threads }: RuntimeOptions = {},
  fetching?: Fetching,
): Runtime {
  const known = ort.listSupportedBackends().map(({ name }) => name);
  if (!known.includes(device)) {
    throw new OptionError({
      key: "device",
      value: device,
      problem: "there is no such device",
      remedy: `choose one of ${known.join(", ")}`,
      suggestions: meantValues("device", device, [...known, { name: "cuda", otherNames: ["gpu"] }]),
    });
  }
  const processors = availableParallelism();
  checkThreads(threads ?? processors, processors);
  const options = {
    intraOpNumThreads: threads ?? processors,
    interOpNumThreads: 1,
    // Shapes change from batch to batch, so a remembered memory plan is seldom useful.
    enableMemPattern: false,
    // What another device lacks is told in a sentence.
    logSeverityLevel: device === "cpu" ? 3 : 4,
    // Threads that keep waiting actively after a run would slow down other sessions.
    extra: {
      session: { set_denormal_as_zero: "1", force_spinning_stop: "1" },
      // Products are written with their factors in the fastest order; this optimizer would undo it.
      optimization: { disable_specified_optimizers: "GemmTransposeFusion" },
    },
  } as const;
  return {
    device,
    async compile(model, compileOptions) {
      await turnTelemetryOff();
      // Other devices have memory of their own, from which results are copied in any case.
      const how = fetching ?? (device === "cpu" ? await fetchingOfBuild(options) : "written");
      return sessionRuntime(nativeBuild, device, options, { fetching: how }).compile(
        model,
        compileOptions,
      );
    },
  };
}

let found: Promise<Fetching> | undefined;

/**
 * How this build hands over results, found out once. The probe has the options of all sessions: the first session of a
 * process decides whether its thread takes denormal numbers as zero.
 */
function fetchingOfBuild(options: Parameters<typeof probeFetching>[1]): Promise<Fetching> {
  found ??= probeFetching(nativeBuild, options);
  return found;
}
