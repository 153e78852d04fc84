import { execFileSync } from "node:child_process";

const script = `
import torch
torch.ones(8, 8) @ torch.ones(8, 8)
print("\\n".join({line.split()[-1] for line in open("/proc/self/maps") if "blas" in line or "mkl" in line}))
`;

/** A library of matrix products, and whether it is a fast one. */
export interface PeerBlas {
  readonly name: string;
  readonly isFast: boolean;
}

/**
 * The library that PyTorch of a Python calls for matrix products. Debian's PyTorch takes what is installed, and falls back
 * to the reference BLAS, which takes fifteen times as long.
 *
 * @throws Error if PyTorch cannot be imported.
 */
export function peerBlas(python: string): PeerBlas {
  const output = execFileSync(python, ["-c", script], { encoding: "utf8" });
  const files = output.split("\n").filter((line) => line !== "");
  const fast = files.find((file) => /openblas|mkl|blis/.test(file.split("/").at(-1) as string));
  const name = fast ?? files[0] ?? "none of its own";
  return { name: name.split("/").at(-1) as string, isFast: fast !== undefined };
}
