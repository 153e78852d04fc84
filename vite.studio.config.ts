import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";
import { pronunciationFile } from "./src/lab/tasks/pronunciation.ts";
import { pronunciationTable } from "./src/samples/cmudict.ts";
import { contentPolicy } from "./src/server/contentPolicy.ts";
import { firstScript } from "./src/server/firstScript.ts";
import { firstView } from "./src/studio/page/firstView.ts";

/** Puts the pretrained word vectors beside the page. */
const vectors: Plugin = {
  name: "vectors",
  writeBundle({ dir }) {
    cpSync("models/vectors", `${dir}/vectors`, { recursive: true });
  },
};

const dictionary = "node_modules/cmu-pronouncing-dictionary";

/** Puts the pronunciations of frequent English words beside the page: of those that have word vectors. */
const pronunciations: Plugin = {
  name: "pronunciations",
  writeBundle({ dir }) {
    const module = `${dictionary}/index.js`;
    if (!existsSync(module)) {
      this.warn(`${dictionary} is missing, so nothing is pronounced in the lab; run npm install.`);
      return;
    }
    const words = JSON.parse(readFileSync("models/vectors/words.json", "utf8")) as string[];
    const table = pronunciationTable(words, readFileSync(module, "utf8"), module);
    const file = `${dir}/${pronunciationFile}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, table);
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

const logo = readFileSync("src/studio/public/icon.svg", "utf8").replace(
  "<svg ",
  '<svg width="26" height="26" aria-hidden="true" ',
);

/** Writes the first view into the page, with the script that it needs. */
const firstWords: Plugin = {
  name: "first-view",
  transformIndexHtml: {
    order: "pre",
    handler: (html) =>
      html
        .replace("<!--first script-->", () => `<script>${firstScript}</script>`)
        .replace("<!--first view-->", () => firstView(logo)),
  },
};

/** The modules that hold a page of the studio each, by the page's name. */
const pageModules = { story: "/studio/whole.ts", lab: "/studio/lab/open.ts" };

/**
 * Writes the first view's styles into the page, so that it waits for no file, and has the browser fetch the rest of the
 * page that is asked for at once, instead of after the script that asks for it: `firstScript` takes the links of that page
 * out of their template.
 */
const firstFiles: Plugin = {
  name: "first-files",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle = {} }) {
      const templates = Object.entries(pageModules).map(([page, module]) => {
        const chunk = Object.values(bundle).find(
          (file) => file.type === "chunk" && file.facadeModuleId?.endsWith(module),
        );
        if (chunk?.type !== "chunk") throw new Error(`There is no chunk of ${module}.`);
        const files = new Set([chunk.fileName]);
        const styles = new Set<string>();
        for (const name of files) {
          const file = bundle[name];
          // The first script and its styles stand in the page.
          if (file?.type !== "chunk" || file.isEntry) {
            files.delete(name);
            continue;
          }
          for (const other of file.imports) files.add(other);
          for (const style of file.viteMetadata?.importedCss ?? []) styles.add(style);
        }
        const links = [
          ...[...files].map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`),
          ...[...styles].map(
            (file) => `<link rel="preload" as="style" crossorigin href="./${file}">`,
          ),
        ];
        return `<template data-page="${page}">${links.join("")}</template>`;
      });
      const styled = html.replace(
        /<link rel="stylesheet"[^>]*href="\.\/([^"]+)">/,
        (_, file: string) => {
          const styles = bundle[file];
          if (styles?.type !== "asset") throw new Error(`There is no file ${file}.`);
          delete bundle[file];
          for (const [name, chunk] of Object.entries(bundle)) {
            if (chunk.type === "chunk" && chunk.code.includes(basename(file))) {
              throw new Error(`${name} asks for ${file}, which is no file.`);
            }
          }
          return `<style>${styles.source}</style>`;
        },
      );
      return styled.replace(
        "<script>(() =>",
        () => `${templates.join("\n    ")}\n    <script>(() =>`,
      );
    },
  },
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
  plugins: [svelte(), firstWords, firstFiles, vectors, pronunciations, policy, sideEffects],
  // Without this condition the bundle holds ONNX Runtime's WebAssembly files as text.
  resolve: {
    conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions],
    // The package's form for pages, which is only fetched when a picture is opened.
    alias: { pngjs: "pngjs/browser.js" },
  },
  // The lab's worker imports modules, as the page does.
  worker: { format: "es", plugins: () => [sideEffects] },
  build: {
    outDir: "../../dist/studio",
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // On a busy machine the build would report how long each plugin took.
      checks: { pluginTimings: false },
      // What fetches modules must not lie in the first script: who imports it would ask for its styles, which are no file.
      output: {
        codeSplitting: { groups: [{ name: "fetching", test: /vite\/preload-helper/ }] },
      },
    },
  },
});
