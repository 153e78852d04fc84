/** @file The options of where and how graphs run, each declared once for the library and all commands. */

import { z } from "zod";
import type { OptionValues } from "../options/option.ts";
import { defineOptions } from "../options/option.ts";

export const runtimeOptions = defineOptions<unknown>()({
  device: {
    schema: z.string(),
    default: "cpu",
    otherNames: "gpu gpus cpu cuda useCuda gpuRanks gpuid numGpus worldSize devices",
    group: "Machine",
    argument: "name",
    help: "execution provider: cpu, cuda or webgpu",
  },
  threads: {
    schema: z.int().min(1),
    defaultText: "all processors",
    otherNames: "cpuThreads numThreads numWorkers numIntraThreads",
    group: "Machine",
    argument: "n",
    help: "threads that one operation may use; at most four for each processor, or 32",
  },
});

/** How the graphs of a trained model compute. */
export const computeOptions = defineOptions<unknown>()({
  compute: {
    schema: z.enum(["float32", "int8"]),
    default: "float32",
    otherNames: "precision computeType int8 quantize quantization",
    group: "Machine",
    argument: "type",
    help: "numbers of products with weights: float32, or int8, which is faster and rounds",
  },
});

/** The numbers of products with weights. */
export type Compute = OptionValues<typeof computeOptions>["compute"];

/** Where and how a trained model runs. */
export type ModelRuntimeOptions = RuntimeOptions & Partial<OptionValues<typeof computeOptions>>;

/** Where and how graphs run. In a page, the default device is `wasm`. */
export type RuntimeOptions = Partial<OptionValues<typeof runtimeOptions>>;
