import { cpSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";

/** Puts the pretrained word vectors beside the page. */
const vectors: Plugin = {
  name: "vectors",
  writeBundle({ dir }) {
    cpSync("models/vectors", `${dir}/vectors`, { recursive: true });
  },
};

/** The studio as static files: `dist/studio`, with addresses relative to the page. */
export default defineConfig({
  root: "src/studio",
  base: "./",
  plugins: [svelte(), vectors],
  // Without this condition the bundle holds ONNX Runtime's WebAssembly files as text.
  resolve: {
    conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions],
    // The package's form for pages, which is only fetched when a picture is opened.
    alias: { pngjs: "pngjs/browser.js" },
  },
  build: {
    outDir: "../../dist/studio",
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 1500,
  },
});
