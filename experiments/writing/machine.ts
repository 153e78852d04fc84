import { availableParallelism, cpus } from "node:os";

/** The processor of this machine: "2 cores of AMD EPYC". */
export function machineText(): string {
  const model = cpus()[0]?.model.replace(/\s+/g, " ").trim() || "an unknown processor";
  const cores = availableParallelism();
  return `${cores} ${cores === 1 ? "core" : "cores"} of ${model}`;
}
