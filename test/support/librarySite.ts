import { cpSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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
 * Makes a site of one page: the files of `dist/page` and `dist/webgpu`, and the page.
 *
 * @param script of the page, a module that may import `./seq2see.js`; the title is "ready" when it has run.
 */
export function writeLibrarySite(site: string, script: string): void {
  for (const folder of ["dist/page", "dist/webgpu"]) {
    cpSync(join(root, folder), site, { recursive: true });
  }
  writeFileSync(
    join(site, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>test</title><script type="module">
${script}
document.title = "ready";
</script>`,
  );
}
