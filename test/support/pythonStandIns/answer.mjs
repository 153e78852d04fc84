/** @file Answers one request of the Python modules beside this file, from the standard input. */

import { readFileSync } from "node:fs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { Tokenizer } from "tokenizers";

const request = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(await answer(request)));

async function answer({ kind, path, texts, ids, skip, names, feeds }) {
  if (kind === "run") return run(path, names, feeds);
  const tokenizer = Tokenizer.fromFile(path);
  if (kind === "decode") return tokenizer.decode(ids, skip);
  const encodings = await tokenizer.encodeBatch(texts);
  return encodings.map((encoding) => encoding.getIds());
}

async function run(path, names, feeds) {
  const given = Object.entries(feeds).map(([name, { dtype, shape, data }]) => {
    const values = dtype === "int64" ? BigInt64Array.from(data, BigInt) : Float32Array.from(data);
    return [name, new Tensor(dtype, values, shape)];
  });
  const session = await InferenceSession.create(path);
  const results = await session.run(Object.fromEntries(given), names);
  return names.map((name) => {
    const { type, dims, data } = results[name];
    return { dtype: type, shape: dims, data: Array.from(data, Number) };
  });
}
