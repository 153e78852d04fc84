import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, defaultClientConditions } from "vite";

const root = join(import.meta.dirname, "../..");

/**
 * The path of Chromium.
 *
 * @throws Error if there is none.
 */
export function chromiumPath(): string {
  const path = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
  if (existsSync(path)) return path;
  throw new Error(
    `There is no Chromium at ${path}; install it (apt-get install chromium) or set CHROMIUM_PATH.`,
  );
}

/**
 * Makes a site of one page: the library for pages as `seq2see.js`, ONNX Runtime's WebAssembly files, and the page.
 *
 * @param script of the page, a module that may import `./seq2see.js`; the title is "ready" when it has run.
 */
export async function buildLibrarySite(site: string, script: string): Promise<void> {
  mkdirSync(site);
  await build({
    configFile: false,
    logLevel: "error",
    // Without this condition the bundle holds ONNX Runtime's WebAssembly files as text: 76 MB.
    resolve: { conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions] },
    build: {
      lib: { entry: join(root, "dist/browser.js"), formats: ["es"], fileName: () => "seq2see.js" },
      outDir: site,
    },
  });
  const wasm = join(root, "node_modules/onnxruntime-web/dist");
  for (const name of readdirSync(wasm)) {
    if (/^ort-wasm-simd-threaded(\.asyncify)?\.(wasm|mjs)$/.test(name))
      copyFileSync(join(wasm, name), join(site, name));
  }
  writeFileSync(
    join(site, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>test</title><script type="module">
${script}
document.title = "ready";
</script>`,
  );
}
