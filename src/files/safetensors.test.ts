import { describe, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { tensorValue } from "../tensor/value.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  encodeSafetensorsChunks,
  isTensorValue,
  type StoredTensor,
} from "./safetensors.ts";

const tensors = new Map<string, StoredTensor>([
  ["mask", tensorValue("bool", [3], [1, 0, 1])],
  ["weight", tensorValue("float32", [2, 2], [1.5, -2, Number.NaN, Number.NEGATIVE_INFINITY])],
  ["exact", tensorValue("float64", [1], [Math.PI])],
  ["step", { dtype: "int64", shape: [], data: BigInt64Array.of(-(2n ** 63n)) }],
  ["ids", tensorValue("int32", [2], [7, -1])],
  ["half", { dtype: "float16", shape: [1], data: Uint16Array.of(0x3c00) }],
  ["bytes", { dtype: "uint8", shape: [1, 2], data: Uint8Array.of(0, 255) }],
  ["small", { dtype: "int8", shape: [1], data: Int8Array.of(-128) }],
  ["nothing", tensorValue("float32", [0, 4], [])],
  ["__proto__", tensorValue("float32", [1], [4])],
]);
const metadata = new Map([
  ["config", '{"hidden": 256}'],
  ["nom", "“é” 😀\n"],
]);

/** A file with this header and so many bytes of data. */
function fileOf(header: unknown, dataBytes = 0): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (begin: number, end: number, shape = [(end - begin) / 4]) => ({
  dtype: "F32",
  shape,
  data_offsets: [begin, end],
});

describe("a file", () => {
  test("is read as it was written", () => {
    expect(decodeSafetensors(encodeSafetensors(tensors, metadata), "model")).toEqual({
      tensors,
      metadata,
      hasChecksum: true,
    });
  });
  test("without tensors and texts is read too", () => {
    const empty = decodeSafetensors(encodeSafetensors(new Map()), "model");
    expect(empty).toEqual({ tensors: new Map(), metadata: new Map(), hasChecksum: true });
  });
  test("is the same whenever the same is written", () => {
    expect(encodeSafetensors(tensors, metadata)).toEqual(encodeSafetensors(tensors, metadata));
  });
  test("is written from the tensors' own memory, and read without copying", () => {
    const weight = tensorValue("float32", [3], [1, 2, 3]);
    const [, chunk] = encodeSafetensorsChunks(new Map([["weight", weight]]));
    expect(chunk?.buffer).toBe(weight.data.buffer);
    const bytes = encodeSafetensors(new Map([["weight", weight]]));
    expect(decodeSafetensors(bytes, "model").tensors.get("weight")?.data.buffer).toBe(bytes.buffer);
  });
  test("is read from any place in memory", () => {
    const bytes = encodeSafetensors(tensors, metadata);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(decodeSafetensors(shifted, "model")).toEqual({ tensors, metadata, hasChecksum: true });
  });
  test("of the format's own library (safetensors 0.8.0 of Python) is read", () => {
    const base64 =
      "EAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJucCJ9LCJzdGVwIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOltdLCJkYXRhX29mZnNldHMiOlswLDhdfSwid2VpZ2h0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyLDJdLCJkYXRhX29mZnNldHMiOls4LDI0XX0sImhhbGYiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzFdLCJkYXRhX29mZnNldHMiOlsyNCwyNl19LCJtYXNrIjp7ImR0eXBlIjoiQk9PTCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzI2LDI4XX19ICAgICAgIAcAAAAAAAAAAADAPwAAAMAAAEBAAACAQAA8AQA=";
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    expect(decodeSafetensors(bytes, "model")).toEqual({
      tensors: new Map<string, StoredTensor>([
        ["step", tensorValue("int64", [], [7])],
        ["weight", tensorValue("float32", [2, 2], [1.5, -2, 3, 4])],
        ["half", { dtype: "float16", shape: [1], data: Uint16Array.of(0x3c00) }],
        ["mask", tensorValue("bool", [2], [1, 0])],
      ]),
      metadata: new Map([["format", "np"]]),
      hasChecksum: false,
    });
  });
});

test("float16 is no type of graphs", () => {
  const names = [...tensors].filter(([, tensor]) => !isTensorValue(tensor)).map(([name]) => name);
  expect(names).toEqual(["half"]);
});

describe("a damaged file is refused", () => {
  const bytes = encodeSafetensors(tensors, metadata);
  test("at whatever length it was cut off", () => {
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.slice(0, length);
      expect(() => decodeSafetensors(cut, "model"), `${length} bytes`).toThrow(UserError);
    }
    expect(() => decodeSafetensors(bytes.slice(0, 0), "model")).toThrow(
      "model is empty; copy or train it again.",
    );
    expect(() => decodeSafetensors(bytes.slice(0, -1), "model")).toThrow(/^model is truncated: /);
  });
  test.each([0x01, 0x10, 0x80, 0x2a])("whatever byte was altered, by the bits %d", (bits) => {
    for (let position = 0; position < bytes.length; position++) {
      const altered = bytes.slice();
      altered[position] = (altered[position] as number) ^ bits;
      expect(() => decodeSafetensors(altered, "model"), `byte ${position}`).toThrow(UserError);
    }
    const altered = bytes.slice();
    altered[bytes.length - 1] = (altered[bytes.length - 1] as number) ^ bits;
    expect(() => decodeSafetensors(altered, "model")).toThrow(/^model was altered .* checksum/);
  });
  test("if bytes follow its end", () => {
    const longer = new Uint8Array(bytes.length + 2);
    longer.set(bytes);
    expect(() => decodeSafetensors(longer, "model")).toThrow("2 bytes follow the last tensor");
  });
});

describe("a file of another program is refused", () => {
  const refusal = (file: Uint8Array<ArrayBuffer>): string => {
    try {
      decodeSafetensors(file, "model");
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      return (error as UserError).message;
    }
    return "none";
  };
  test.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ["its header is enormous", Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1), "over 100,000,000 bytes"],
    ["it is some other text", new TextEncoder().encode("Dear reader,"), "not a safetensors"],
    ["it is a page", new TextEncoder().encode("<!DOCTYPE html>"), "an HTML page"],
    ["its header is not JSON", fileOf("{]"), "is not JSON"],
    ["its header is a list", fileOf("[]"), "is not a JSON object"],
    ["its header begins with a space", fileOf(" {}"), "is not a JSON object"],
    ["its header is not UTF-8", fileOf("{}").with(8, 0xff), "is not JSON"],
    ["it holds metadata of numbers", fileOf({ __metadata__: { a: 1 } }), "metadata"],
    ["a tensor has no shape", fileOf({ w: { dtype: "F32" } }), "no type or shape for tensor w"],
    ["a size is negative", fileOf({ w: entry(0, 4, [-1]) }), "no type or shape for tensor w"],
    [
      "a tensor has no place",
      fileOf({ w: { ...entry(0, 4), data_offsets: [0] } }),
      "no offsets for tensor w",
    ],
    [
      "it is of an unknown type",
      fileOf({ w: { ...entry(0, 4), dtype: "F8_E4M3" } }, 4),
      "type F8_E4M3, which cannot be read; convert it to one of F32",
    ],
    ["a shape does not fit its bytes", fileOf({ w: entry(0, 8, [3]) }, 8), "needs 12 bytes"],
    ["a place ends before it begins", fileOf({ w: entry(8, 4, [0]) }, 8), "needs 0 bytes"],
    ["tensors overlap", fileOf({ a: entry(0, 8), b: entry(4, 12) }, 12), "overlaps"],
    ["tensors leave a hole", fileOf({ a: entry(0, 4), b: entry(8, 12) }, 12), "leaves a gap"],
    ["the data begin with a hole", fileOf({ a: entry(4, 8) }, 8), "leaves a gap"],
    [
      "a name stands twice",
      fileOf(`{"a":${JSON.stringify(entry(0, 4))},"a":${JSON.stringify(entry(4, 8))}}`, 8),
      "leaves a gap",
    ],
    ["data are missing", fileOf({ a: entry(0, 8) }, 4), "is truncated"],
    ["data are left over", fileOf({ a: entry(0, 4) }, 5), "1 bytes follow"],
  ])("where %s", (_, file, message) => {
    expect(refusal(file)).toContain(message);
  });
});

describe("what cannot be written", () => {
  test("is a tensor whose array does not fit its type or shape", () => {
    const wrong = { dtype: "float32", shape: [2], data: new Float64Array(2) } as const;
    expect(() => encodeSafetensors(new Map([["w", wrong]]))).toThrow("tensor w of float32 [2]");
    const short = { dtype: "float32", shape: [2], data: new Float32Array(1) } as const;
    expect(() => encodeSafetensors(new Map([["w", short]]))).toThrow("is given 1 elements");
  });
  test("is the name that the format keeps for itself", () => {
    const tensor = tensorValue("float32", [], [1]);
    expect(() => encodeSafetensors(new Map([["__metadata__", tensor]]))).toThrow("__metadata__");
  });
  test("is more text than a header may hold", () => {
    const texts = new Map([["vocabulary", "x".repeat(100_000_001)]]);
    expect(() => encodeSafetensors(new Map(), texts)).toThrow(UserError);
  });
});
