import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** The modules, by their place in `dist`. */
export const pageModules = {
  "page/seq2see": "src/browser.ts",
  "webgpu/webgpu": "src/runtime/webgpu.ts",
};

const runtime = "node_modules/onnxruntime-web";

/** The builds of ONNX Runtime that pages use: what the library imports, its module and its WebAssembly, and where they go. */
const builds = [
  {
    imported: "onnxruntime-web/wasm",
    module: "ort.wasm.bundle.min.mjs",
    wasm: "ort-wasm-simd-threaded",
    folder: "page",
  },
  {
    imported: "onnxruntime-web/webgpu",
    module: "ort.webgpu.bundle.min.mjs",
    wasm: "ort-wasm-simd-threaded.asyncify",
    folder: "webgpu",
  },
];

/**
 * Keeps ONNX Runtime's modules as files of their own, as they are, with their WebAssembly beside them: they start
 * threads from their own address, and bundlers find the WebAssembly by the form of its address in them.
 */
const onnxRuntime: Plugin = {
  name: "onnx-runtime",
  enforce: "pre",
  resolveId(id) {
    const build = builds.find(({ imported }) => imported === id);
    return build && { id: `./${build.module}`, external: true };
  },
  writeBundle({ dir }) {
    for (const { module, wasm, folder } of builds) {
      const text = readFileSync(`${runtime}/dist/${module}`, "utf8");
      const unmapped = text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
      writeFileSync(`${dir}/${folder}/${module}`, unmapped);
      for (const ending of ["wasm", "mjs"]) {
        copyFileSync(`${runtime}/dist/${wasm}.${ending}`, `${dir}/${folder}/${wasm}.${ending}`);
      }
      writeFileSync(`${dir}/${folder}/licence.onnxruntime.md`, runtimeLicence());
    }
  },
};

/** The licence of ONNX Runtime's files, whose package has none of its own. */
function runtimeLicence(): string {
  const { version } = JSON.parse(readFileSync(`${runtime}/package.json`, "utf8"));
  const terms = readFileSync("LICENSE", "utf8").replace(
    /^Copyright .*$/m,
    "Copyright (c) Microsoft Corporation",
  );
  return `# The licence of the files ort*, of onnxruntime-web ${version}

${terms}
The software that it contains is listed in
https://github.com/microsoft/onnxruntime/blob/v${version}/ThirdPartyNotices.txt
`;
}

/**
 * The library for pages as files that need no bundler: `dist/page`, and `dist/webgpu` for graphics cards. They are the
 * modules of package.json's "exports", so that bundlers and pages run the same files.
 */
export default defineConfig({
  plugins: [onnxRuntime],
  publicDir: false,
  build: {
    lib: { entry: pageModules, formats: ["es"], fileName: (_, name) => `${name}.js` },
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    license: { fileName: "page/licences.md" },
  },
});
