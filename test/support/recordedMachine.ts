import { readFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";

/** Instructions on many numbers at once, among which ONNX Runtime chooses when it starts. */
const vectorInstructions = /^(sse|ssse|avx|fma|f16c|amx|neon|asimd|sve|sme|bf16|i8mm|fphp|dotprod)/;

/**
 * The kind of this machine. ONNX Runtime has kernels for each set of instructions, which round in other
 * places, so that numbers are the same to the last bit only on machines of one kind. The name is made
 * without seq2see, so that no change of seq2see changes it.
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
    // Only Linux has the file.
  }
  return cpus()[0]?.model ?? "";
}
