import { readWholeFile, writeFileAtomically } from "../../src/files/nodeFiles.ts";
import type { StoredTensor, StoredTensors } from "../../src/files/safetensors.ts";
import { decodeSafetensors, encodeSafetensorsChunks } from "../../src/files/safetensors.ts";

/** Writes tensors and texts as one safetensors file, as runs write their checkpoints. */
export async function writeTensors(
  path: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  await writeFileAtomically(path, encodeSafetensorsChunks(tensors, metadata));
}

/** Reads the tensors and texts of a safetensors file. */
export async function readTensors(path: string): Promise<StoredTensors> {
  return decodeSafetensors(await readWholeFile(path), path);
}
