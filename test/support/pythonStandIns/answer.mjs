/** @file Answers requests of the Python modules beside this file, from the standard input until it ends. */

import { readSync, writeSync } from "node:fs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { Tokenizer } from "tokenizers";

const sessions = [];
const tokenizers = new Map();

/** The kinds of arrays by their types in ONNX Runtime. */
const kinds = {
  int64: { code: "<i8", array: BigInt64Array },
  float32: { code: "<f4", array: Float32Array },
  bool: { code: "|b1", array: Uint8Array },
};

for (let length = read(4); length; length = read(4)) {
  const { sizes, ...request } = JSON.parse(read(length.readUInt32LE()).toString());
  const arrays = sizes.map((size) => read(size));
  const {
    value = null,
    files = [],
    fault,
  } = await answer(request, arrays).catch((error) => ({
    fault: error.message,
  }));
  const reply = { value, sizes: files.map((file) => file.length), ...(fault && { fault }) };
  const text = Buffer.from(JSON.stringify(reply));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(text.length);
  write(Buffer.concat([head, text, ...files]));
}

async function answer({ kind, ...request }, arrays) {
  if (kind === "open") return { value: await open(request.path) };
  if (kind === "run") return { files: await run(request, arrays) };
  const tokenizer = tokenizers.get(request.path) ?? Tokenizer.fromFile(request.path);
  tokenizers.set(request.path, tokenizer);
  if (kind === "decode") return { value: await tokenizer.decode(request.ids, request.skip) };
  const encodings = await tokenizer.encodeBatch(request.texts);
  return { value: encodings.map((encoding) => encoding.getIds()) };
}

async function open(path) {
  const session = await InferenceSession.create(path);
  const described = ({ name, type, shape }) => ({
    name,
    type: `tensor(${type === "float32" ? "float" : type})`,
    shape,
  });
  return {
    id: sessions.push(session) - 1,
    inputs: session.inputMetadata.map(described),
    outputs: session.outputMetadata.map(described),
  };
}

async function run({ session, names, feeds }, files) {
  const given = feeds.map((name, index) => [name, tensorOf(files[index])]);
  const results = await sessions[session].run(Object.fromEntries(given), names);
  return names.map((name) => fileOf(results[name]));
}

/** The array of a NumPy file of version 1. */
function tensorOf(file) {
  const start = 10 + file.readUInt16LE(8);
  const header = file.subarray(10, start).toString("latin1");
  const [, code] = /'descr': '(.*?)'/.exec(header);
  if (!header.includes("'fortran_order': False")) throw new Error("an array in Fortran's order");
  const shape = (/'shape': \((.*?)\)/.exec(header)[1].match(/\d+/g) ?? []).map(Number);
  const found = Object.entries(kinds).find(([, kind]) => kind.code === code);
  if (!found) throw new Error(`arrays of ${code} are not among the inputs of our files`);
  const [type, kind] = found;
  const data = new kind.array(new Uint8Array(file.subarray(start)).buffer);
  return new Tensor(type, data, shape);
}

function fileOf({ type, dims, data }) {
  const shape = `(${dims.map((size) => `${size},`).join(" ")})`;
  const header = `{'descr': '${kinds[type].code}', 'fortran_order': False, 'shape': ${shape}, }\n`;
  const start = Buffer.from("\x93NUMPY\x01\0\0\0", "latin1");
  start.writeUInt16LE(header.length, 8);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.concat([start, Buffer.from(header), bytes]);
}

/** So many bytes of the standard input; null if it has ended. */
function read(length) {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const count = readSync(0, bytes, at, length - at, null);
    if (count === 0) return null;
    at += count;
  }
  return bytes;
}

function write(bytes) {
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}
