import { cpSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";
import { contentPolicy } from "./src/server/contentPolicy.ts";

/** Puts the pretrained word vectors beside the page. */
const vectors: Plugin = {
  name: "vectors",
  writeBundle({ dir }) {
    cpSync("models/vectors", `${dir}/vectors`, { recursive: true });
  },
};

/**
 * Writes the content security policy into the page, for where no header says it: in an export. A page that
 * is being developed has none, since the development server adds scripts of its own.
 */
const policy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: (html) =>
    html.replace(
      "<head>",
      `<head>\n    <meta http-equiv="Content-Security-Policy" content="${contentPolicy}" />`,
    ),
};

/** Keeps a module that only does something: the package says that its modules define things and no more. */
const sideEffects: Plugin = {
  name: "side-effects",
  transform: (code, id) =>
    id.endsWith("/studio/withoutEval.ts") ? { code, map: null, moduleSideEffects: true } : null,
};

/** The studio as static files: `dist/studio`, with addresses relative to the page. */
export default defineConfig({
  root: "src/studio",
  base: "./",
  plugins: [svelte(), vectors, policy, sideEffects],
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
