/** @file The programs in JavaScript: for Node, and for a page. */

import type { ClientSource, TextSource } from "./source.ts";
import { listed } from "./source.ts";

/** Returns the program for Node. */
export function javaScript(source: ClientSource): string {
  const isFeatures = source.kind === "features";
  return `${imported("readFileSync", "node:fs")}
${imported("Tokenizer", "@huggingface/tokenizers")}
${imported("InferenceSession, Tensor", "onnxruntime-node")}

const fileOf = (name) => readFileSync(new URL(name, import.meta.url));
const tokenizerOf = (name) =>
  new Tokenizer(JSON.parse(fileOf(name).toString()), { clean_up_tokenization_spaces: false });
${isFeatures ? "" : 'const source = tokenizerOf("source.tokenizer.json");\n'}const target = tokenizerOf("target.tokenizer.json");
const loading = InferenceSession.create(fileOf("greedy.onnx"));

${isFeatures ? readFeatures(source.rowSize) : readTexts(source)}

${translate}

console.log((await translate(process.argv.slice(2))).join("\\n"));
`;
}

/** Returns a page that translates what is typed. */
export function page(source: TextSource): string {
  const script = `${imported("Tokenizer", "@huggingface/tokenizers")}
${imported("InferenceSession, Tensor", "onnxruntime-web")}

const tokenizerOf = async (name) => {
  const json = await (await fetch(name)).json();
  return new Tokenizer(json, { clean_up_tokenization_spaces: false });
};
const source = await tokenizerOf("source.tokenizer.json");
const target = await tokenizerOf("target.tokenizer.json");
const loading = InferenceSession.create("greedy.onnx");

${readTexts(source)}

${translate}

const form = document.querySelector("form");
form.onsubmit = async (event) => {
  event.preventDefault();
  const [translation] = await translate([form.text.value]);
  document.querySelector("output").textContent = translation;
};
document.querySelector("button").disabled = false;
`;
  return `<!doctype html>
<meta charset="utf-8" />
<title>Translate</title>
<form><input name="text" size="60" /> <button disabled>Translate</button></form>
<output></output>
<script type="importmap">
  {
    "imports": {
      "@huggingface/tokenizers": "./node_modules/@huggingface/tokenizers/dist/tokenizers.mjs",
      "onnxruntime-web": "./node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs"
    }
  }
</script>
<script type="module">
${script.replace(/^(?=.)/gm, "  ")}</script>
`;
}

const readFeatures = (
  rowSize: number,
): string => `// The rows of a NumPy file of float32; a file of version 1 says behind its 8th byte where they begin.
function rowsOf(path) {
  const { buffer, byteOffset, length } = readFileSync(path);
  const start = 10 + new DataView(buffer, byteOffset).getUint16(8, true);
  return new Float32Array(buffer.slice(byteOffset + start, byteOffset + length));
}

function read(paths) {
  const rows = paths.map(rowsOf);
  const lengths = rows.map((row) => row.length / ${rowSize});
  const longest = Math.max(...lengths);
  const data = new Float32Array(rows.length * longest * ${rowSize});
  rows.forEach((row, index) => data.set(row, index * longest * ${rowSize}));
  return {
    source_features: new Tensor("float32", data, [rows.length, longest, ${rowSize}]),
    source_lengths: new Tensor("int64", BigInt64Array.from(lengths, BigInt), [rows.length]),
  };
}`;

const readTexts = (source: TextSource): string => `function read(texts) {
  const sentences = texts.map((text) => ${listed("...source.encode(text).ids", "source.encode(text).ids", source)});
  const longest = Math.max(...sentences.map((ids) => ids.length));
  const data = new BigInt64Array(texts.length * longest);
  sentences.forEach((ids, row) => data.set(ids.map((id) => BigInt(id ?? 1)), row * longest));
  return { source_ids: new Tensor("int64", data, [texts.length, longest]) };
}`;

const translate = `async function translate(sources) {
  const session = await loading;
  const { target_ids } = await session.run(read(sources), ["target_ids"]);
  const steps = target_ids.dims[1];
  return sources.map((_, row) => {
    const ids = Array.from(target_ids.data.subarray(row * steps, (row + 1) * steps), Number);
    const kept = ids.filter((id) => id !== 0 && id !== 3); // 0 is padding, 3 the end of a sentence
    return kept.length > 0 ? target.decode(kept) : "";
  });
}`;

/** An import of the program, which is not one of this module. */
function imported(names: string, from: string): string {
  return `import { ${names} } from "${from}";`;
}
