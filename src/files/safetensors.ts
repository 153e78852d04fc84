/**
 * @file The safetensors format, https://huggingface.co/docs/safetensors: eight bytes of header
 * length, a JSON header that names every tensor, then the tensors' bytes, all little-endian.
 */

import { bytesPerElement, type Dtype, type TensorData } from "../tensor/dtype.ts";
import { UserError } from "../tensor/errors.ts";
import { elementCount, type TensorValue } from "../tensor/value.ts";
import { Checksum } from "./checksum.ts";
import { refuseOtherContent } from "./otherContent.ts";
import { joinedBytes } from "./randomAccess.ts";

/** The element types of a file: those of graphs, float16 for exports, and bfloat16 of other programs. */
export type StoredDtype = Dtype | "float16" | "bfloat16";

/** The typed array of each element type; numbers of 16 bits are given as these. */
export type StoredData = TensorData | Uint16Array<ArrayBuffer>;

/** One tensor of a file: its elements in row-major order. */
export interface StoredTensor {
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
  readonly data: StoredData;
}

/** The content of a file: tensors by name, and texts by name. */
export interface StoredTensors {
  readonly tensors: Map<string, StoredTensor>;
  readonly metadata: Map<string, string>;
  /** Whether it has a checksum, which then was verified. */
  readonly hasChecksum: boolean;
}

/** Returns whether a tensor has an element type that graphs use. */
export function isTensorValue(tensor: StoredTensor): tensor is TensorValue {
  return tensor.dtype in bytesPerElement;
}

interface StoredArray {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): StoredData;
}

const kinds: Record<StoredDtype, { code: string; array: StoredArray }> = {
  float32: { code: "F32", array: Float32Array },
  float64: { code: "F64", array: Float64Array },
  float16: { code: "F16", array: Uint16Array },
  bfloat16: { code: "BF16", array: Uint16Array },
  int8: { code: "I8", array: Int8Array },
  uint8: { code: "U8", array: Uint8Array },
  int32: { code: "I32", array: Int32Array },
  int64: { code: "I64", array: BigInt64Array },
  bool: { code: "BOOL", array: Uint8Array },
};

const maxHeaderBytes = 100_000_000;
const lengthBytes = 8;

// The checksum covers the whole file, with its own digits replaced by zeros, and is at a fixed offset. Files of
// other programs have none. Both its key and its kind mark a file that should have one, so that an altered byte
// in either is detected too.
const checksumKey = "seq2see.checksum";
const checksumKind = "xxh32:";
const checksumStart = `{"__metadata__":{"${checksumKey}":"${checksumKind}`;
const checksumDigits = 8;

const dtypeOfCode = new Map(
  Object.entries(kinds).map(([dtype, kind]) => [kind.code, dtype as StoredDtype]),
);

const inDigits = (count: number): string => count.toLocaleString("en-US");
const remedy = "copy or train it again";

const bytesOf = ({ data }: StoredTensor): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/**
 * Returns a file as a list of chunks to be written in order: the header, then each
 * tensor's own memory, which must not change until it has been written. The header contains a
 * checksum of the whole file.
 *
 * @param tensors  the tensors by name.
 * @param metadata texts to store with them; the name `seq2see.checksum` is reserved.
 * @throws UserError if the names and texts exceed 100 MB.
 */
export function encodeSafetensorsChunks(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array[] {
  // Wide elements first, as in the format's own library, so that every array is aligned.
  const sorted = [...tensors].sort(
    ([, first], [, second]) =>
      kinds[second.dtype].array.BYTES_PER_ELEMENT - kinds[first.dtype].array.BYTES_PER_ELEMENT,
  );
  const texts = [...metadata]
    .filter(([key]) => key !== checksumKey)
    .map(([key, text]) => `,${JSON.stringify(key)}:${JSON.stringify(text)}`);
  let json = `${checksumStart}${"0".repeat(checksumDigits)}"${texts.join("")}}`;
  let offset = 0;
  for (const [name, tensor] of sorted) {
    const { dtype, shape, data } = tensor;
    if (name === "__metadata__") throw new Error(`a tensor cannot be named ${name}`);
    if (!(data instanceof kinds[dtype].array) || data.length !== elementCount(shape)) {
      throw new Error(
        `tensor ${name} of ${dtype} [${shape.join(", ")}] is given ${data.length} elements in a ${data.constructor.name}`,
      );
    }
    const end = offset + data.byteLength;
    const entry = { dtype: kinds[dtype].code, shape, data_offsets: [offset, end] };
    json += `,${JSON.stringify(name)}:${JSON.stringify(entry)}`;
    offset = end;
  }
  const text = new TextEncoder().encode(`${json}}`);
  const headerBytes = Math.ceil(text.length / 8) * 8;
  if (headerBytes > maxHeaderBytes) {
    throw new UserError(
      `The names and texts saved with the weights take ${inDigits(headerBytes)} bytes; keep them below ${inDigits(maxHeaderBytes)}.`,
    );
  }
  const header = new Uint8Array(lengthBytes + headerBytes).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(headerBytes), true);
  header.set(text, lengthBytes);

  const chunks = [header, ...sorted.map(([, tensor]) => bytesOf(tensor))];
  const checksum = new Checksum();
  for (const chunk of chunks) checksum.update(chunk);
  header.set(new TextEncoder().encode(checksum.digest()), lengthBytes + checksumStart.length);
  return chunks;
}

/** Returns a file as one array of bytes: the chunks of {@link encodeSafetensorsChunks}, concatenated. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array<ArrayBuffer> {
  return joinedBytes(encodeSafetensorsChunks(tensors, metadata));
}

/**
 * Decodes a file. The arrays are views of `bytes` where aligned, otherwise copies.
 *
 * @param bytes    the whole file.
 * @param fileName its name in errors.
 * @throws UserError if the file is truncated, altered, not in this format, or of an unsupported type.
 */
export function decodeSafetensors(bytes: Uint8Array<ArrayBuffer>, fileName: string): StoredTensors {
  refuseOtherContent(bytes, fileName);
  const { header, dataStart } = readHeader(bytes, fileName);
  const metadata = readMetadata(header, fileName);
  const entries = [...header]
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => readEntry(name, entry, fileName))
    .sort((first, second) => first.begin - second.begin || first.end - second.end);

  checkCoverage(entries, bytes.length, dataStart, fileName);
  const hasChecksum = metadata.delete(checksumKey) || [...metadata.values()].some(isChecksum);
  if (hasChecksum) verifyChecksum(bytes, fileName);

  const tensors = new Map<string, StoredTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    const { array } = kinds[dtype];
    const isAligned = (bytes.byteOffset + dataStart + begin) % array.BYTES_PER_ELEMENT === 0;
    const part = bytes.subarray(dataStart + begin, dataStart + end);
    const { buffer, byteOffset } = isAligned ? part : new Uint8Array(part);
    tensors.set(name, { dtype, shape, data: new array(buffer, byteOffset, elementCount(shape)) });
  }
  return { tensors, metadata, hasChecksum };
}

const truncated = (fileName: string, actual: number, expected: number): UserError =>
  new UserError(
    `${fileName} is truncated: it has ${inDigits(actual)} of ${inDigits(expected)} bytes; ${remedy}.`,
  );

const damagedHeader = (fileName: string, fault: string): UserError =>
  new UserError(`${fileName} is damaged: its header ${fault}; ${remedy}.`);

interface Header {
  readonly header: Map<string, unknown>;
  /** The offset of the tensors' bytes in the file. */
  readonly dataStart: number;
}

function readHeader(bytes: Uint8Array, fileName: string): Header {
  if (bytes.length === 0) throw new UserError(`${fileName} is empty; ${remedy}.`);
  if (bytes.length < lengthBytes) throw truncated(fileName, bytes.length, lengthBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > maxHeaderBytes) {
    throw new UserError(
      `${fileName} is not a safetensors file, or is damaged: its header would be over ${inDigits(maxHeaderBytes)} bytes; ${remedy}.`,
    );
  }
  const dataStart = lengthBytes + headerBytes;
  if (bytes.length < dataStart) throw truncated(fileName, bytes.length, dataStart);
  let parsed: unknown;
  try {
    const text = bytes.subarray(lengthBytes, dataStart);
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch {
    throw damagedHeader(fileName, "is not JSON");
  }
  if (bytes[lengthBytes] !== 0x7b || !isRecord(parsed)) {
    throw damagedHeader(fileName, "is not a JSON object");
  }
  return { header: new Map(Object.entries(parsed)), dataStart };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readMetadata(header: ReadonlyMap<string, unknown>, fileName: string): Map<string, string> {
  const metadata = header.get("__metadata__") ?? {};
  if (
    !isRecord(metadata) ||
    !Object.values(metadata).every((text): text is string => typeof text === "string")
  ) {
    throw damagedHeader(fileName, "holds metadata that is not text");
  }
  return new Map(Object.entries(metadata as Record<string, string>));
}

interface Entry {
  readonly name: string;
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

function readEntry(name: string, entry: unknown, fileName: string): Entry {
  if (!isRecord(entry) || typeof entry.dtype !== "string" || !isSizes(entry.shape)) {
    throw damagedHeader(fileName, `gives no type or shape for tensor ${name}`);
  }
  const { dtype: code, shape, data_offsets: offsets } = entry;
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw damagedHeader(fileName, `gives no offsets for tensor ${name}`);
  }
  const dtype = dtypeOfCode.get(code);
  if (dtype === undefined) {
    throw new UserError(
      `${fileName} holds tensor ${name} of type ${code}, which cannot be read; convert it to one of ${[...dtypeOfCode.keys()].join(", ")}.`,
    );
  }
  const [begin, end] = offsets as [number, number];
  const expected = elementCount(shape) * kinds[dtype].array.BYTES_PER_ELEMENT;
  if (end - begin !== expected) {
    throw new UserError(
      `${fileName} is damaged: tensor ${name} of ${dtype} [${shape.join(", ")}] needs ${inDigits(expected)} bytes and has ${inDigits(end - begin)}; ${remedy}.`,
    );
  }
  return { name, dtype, shape, begin, end };
}

/** Checks that the tensors follow one another from the header to the end of the file. */
function checkCoverage(
  entries: readonly Entry[],
  fileBytes: number,
  dataStart: number,
  fileName: string,
): void {
  let end = 0;
  for (const entry of entries) {
    if (entry.begin !== end) {
      const fault = entry.begin < end ? "overlaps the tensor before it" : "leaves a gap before it";
      throw new UserError(`${fileName} is damaged: tensor ${entry.name} ${fault}; ${remedy}.`);
    }
    end = entry.end;
  }
  if (fileBytes < dataStart + end) throw truncated(fileName, fileBytes, dataStart + end);
  if (fileBytes > dataStart + end) {
    throw new UserError(
      `${fileName} is damaged: ${inDigits(fileBytes - dataStart - end)} bytes follow the last tensor; ${remedy}.`,
    );
  }
}

const isChecksum = (text: string): boolean => text.startsWith(checksumKind);

function verifyChecksum(bytes: Uint8Array, fileName: string): void {
  const start = lengthBytes + checksumStart.length;
  const end = start + checksumDigits;
  const checksum = new Checksum();
  checksum.update(bytes.subarray(0, start));
  checksum.update(new Uint8Array(checksumDigits).fill(0x30));
  checksum.update(bytes.subarray(end));
  const expected = new TextDecoder().decode(bytes.subarray(start, end));
  const actual = checksum.digest();
  if (actual !== expected) {
    throw new UserError(
      `${fileName} was altered after it was written: its checksum is ${actual}, not ${expected}; ${remedy} or, if the change was intended, remove ${checksumKey} from its metadata.`,
    );
  }
}
