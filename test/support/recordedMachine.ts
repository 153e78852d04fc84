import { readFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";

/** The SIMD instruction sets that ONNX Runtime chooses from. */
const vectorInstructions = /^(sse|ssse|avx|fma|f16c|amx|neon|asimd|sve|sme|bf16|i8mm|fphp|dotprod)/;

/**
 * The kind of this machine. ONNX Runtime has different kernels for each instruction set, which round differently, so
 * that results are equal in every bit only on machines of one kind. The name does not depend on seq2see's code.
 */
export function machineKind(): string {
  return `${platform()} ${arch()} ${instructions()}`;
}

function instructions(): string {
  try {
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1];
    const flags = (line ?? "").split(" ").filter((flag) => vectorInstructions.test(flag));
    if (flags.length > 0) return flags.sort().join(" ");
  } catch {
    // The file exists only on Linux.
  }
  return cpus()[0]?.model ?? "";
}
