/** What `package.json` says of the package is so; that it installs and runs is tested by `npm run test:package`. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pageModules } from "../vite.page.config.ts";
import { write } from "./support/studioFolder.ts";

const root = join(import.meta.dirname, "..");
const description = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const modules = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".ts") && !path.endsWith(".test.ts"),
);
const textOf = (path: string): string => readFileSync(join(root, "src", path), "utf8");

/** The module that a file of `dist` is compiled from, or, for pages, bundled from. */
function sourceOf(path: string): string {
  const name = path.replace("./dist/", "").replace(/(\.d\.ts|\.js)$/, "");
  return join(root, pageModules[name as keyof typeof pageModules] ?? `src/${name}.ts`);
}

test.each([
  description.main,
  description.types,
  description.bin.seq2see,
  ...Object.values(description.exports).flatMap((target) =>
    typeof target === "string" ? [] : Object.values(target as object),
  ),
  ...Object.values(description.typesVersions["*"]).flat(),
  description.unpkg,
  description.jsdelivr,
  ...description.sideEffects,
] as string[])("%s is made from a module", (path) => {
  expect(existsSync(sourceOf(path))).toBe(true);
});

/** The packages that the modules of the library and of the command line import. */
const imported = new Set(
  modules
    .filter((path) => !path.startsWith("studio/"))
    .flatMap((path) => [...textOf(path).matchAll(/(?:from|import\()\s*"([\w@][\w@/.:-]*)"/g)])
    .map((match) => match[1] as string)
    .filter((specifier) => !specifier.startsWith("node:") && !specifier.startsWith("seq2see"))
    .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] as string),
);

test("what is imported is installed", () => {
  const installed = Object.keys(description.dependencies);
  // Its 139 MB stay out of the users' folders: dist/page and dist/webgpu hold the files that pages use.
  const inPages = "onnxruntime-web";
  expect([...imported].filter((name) => !installed.includes(name))).toEqual([inPages]);
  expect(Object.keys(description.devDependencies)).toContain(inPages);
});

test("require() can load the library: no module awaits before it is loaded", () => {
  const waits = (code: string): boolean =>
    [...code.matchAll(/^(const .*= |export const .*= )?(await |for await)/gm)].some(
      // In a template stands the code of another program.
      ({ index }) => code.slice(0, index).split("`").length % 2 === 1,
    );
  expect(waits("const a = `\nawait b;\n`;\n")).toBe(false);
  expect(waits("const a = `b`;\nawait c;\n")).toBe(true);
  const waiting = modules.filter((path) => waits(textOf(path)));
  expect(waiting.filter((path) => !path.startsWith("cli/"))).toEqual([]);
});

describe.runIf(process.platform === "linux" && process.arch === "x64")("CUDA libraries", () => {
  const providers = "node_modules/onnxruntime-node/bin/napi-v6/linux/x64";
  const names = ["cuda", "shared", "tensorrt"].map((name) => `libonnxruntime_providers_${name}.so`);
  const program = readFileSync(join(root, "install/withoutCuda.js"), "utf8");

  /** Runs the script beside a stand-in of ONNX Runtime's package; yields which libraries seem to be there. */
  function after(
    variables: Record<string, string>,
    present: Record<string, string> = {},
  ): string[] {
    const folder = mkdtempSync(join(tmpdir(), "seq2see-install-"));
    write(join(folder, "script.mjs"), program);
    write(join(folder, "node_modules/onnxruntime-node/package.json"), "{}");
    write(join(folder, providers, "binding.node"), "");
    for (const [name, content] of Object.entries(present)) {
      write(join(folder, providers, name), content);
    }
    const env = { PATH: process.env["PATH"] ?? "", ...variables };
    execFileSync("node", [join(folder, "script.mjs")], { env });
    for (const [name, content] of Object.entries(present)) {
      expect(readFileSync(join(folder, providers, name), "utf8")).toBe(content);
    }
    const found = readdirSync(join(folder, providers)).sort();
    rmSync(folder, { recursive: true });
    return found.filter((name) => name !== "binding.node");
  }

  const hasCard = existsSync("/dev/nvidiactl") || existsSync("/dev/dxg");
  test.skipIf(hasCard)("are not fetched where no card could use them", () => {
    expect(after({})).toEqual(names);
  });

  test("that are there stay as they are", () => {
    expect(after({}, { [names[0] as string]: "the real one" })[0]).toBe(names[0]);
  });

  test.each([
    ["ONNXRUNTIME_NODE_INSTALL", "cuda12"],
    ["npm_config_onnxruntime_node_install", "true"],
    ["ONNXRUNTIME_NODE_INSTALL_CUDA", "v12"],
  ])("are fetched where %s asks for it", (name, value) => {
    expect(after({ [name]: value })).toEqual([]);
  });
});
