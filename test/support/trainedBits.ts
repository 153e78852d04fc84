/** @file What a training has made, as a hash: the same for two runs only if they learned the same bits. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The checkpoint in the folder of a model. */
export const checkpointFile = "training/checkpoint.safetensors";

/** What follows the header of a file of tensors. */
export function numbersOf(bytes: Buffer): Buffer {
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
}

/** Weights, moments and averages of the checkpoint, and what was found and kept without the times. */
export function trainedBits(model: string): string {
  const read = (file: string) => readFileSync(join(model, file));
  const hash = createHash("sha256");
  for (const file of [checkpointFile, "model.safetensors"]) hash.update(numbersOf(read(file)));
  for (const line of read("training/metrics.jsonl").toString().trim().split("\n")) {
    const { step, trainPerplexity, devPerplexity, devBleu } = JSON.parse(line);
    hash.update(JSON.stringify([step, trainPerplexity, devPerplexity, devBleu]));
  }
  return hash.digest("hex");
}
