/**
 * The packed library, installed in empty folders from the registry alone, and used by a project of each
 * kind. Run by `npm run test:package`, which packs it; it prints the table of docs/install.md.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath } from "./support/librarySite.ts";
import { serve } from "./support/staticServer.ts";
import { write } from "./support/studioFolder.ts";

const root = join(import.meta.dirname, "..");
const packed = join(root, ".build/package");
const tarball = join(packed, readdirSync(packed).find((name) => name.endsWith(".tgz")) ?? "");
const folder = mkdtempSync(join(tmpdir(), "seq2see-package-"));
const projects = join(folder, "projects");
const bin = (name: string): string => join(projects, "node_modules", name);
const model = join(projects, "node_modules/seq2see/models/dates");
const [text, date] = ["3 de marzo de 1987", "1987-03-03"];

/** The settings of npm that say where the registry is; nothing else of this project or its user. */
const setting = (name: string): string =>
  execFileSync("npm", ["config", "get", name], { cwd: tmpdir(), encoding: "utf8" }).trim();
const registry = setting("registry");
const env = {
  PATH: process.env["PATH"] ?? "",
  HOME: join(folder, "home"),
  REGISTRY_HOST: new URL(registry).hostname,
  NODE_OPTIONS: `--require=${join(import.meta.dirname, "packages/onlyRegistry.cjs")}`,
  npm_config_registry: registry,
  npm_config_fund: "false",
  npm_config_audit: "false",
  npm_config_update_notifier: "false",
};

/** Runs a program; yields its exit status and all that it printed. */
function run(cwd: string, ...[program, ...given]: [string, ...string[]]) {
  const ended = spawnSync(program, given, {
    cwd,
    env: { ...env, MODEL: model },
    input: `${text}\n`,
    encoding: "utf8",
  });
  return { status: ended.status, printed: ended.stdout, all: ended.stdout + ended.stderr };
}

/** What a folder takes on the disk, in megabytes of 2²⁰ bytes. */
const megabytes = (path: string): string =>
  execFileSync("du", ["-sm", path], { encoding: "utf8" }).split("\t")[0] as string;

beforeAll(() => {
  mkdirSync(env.HOME);
  cpSync(join(import.meta.dirname, "packages"), projects, { recursive: true });
  const description = JSON.parse(readFileSync(join(projects, "package.json"), "utf8"));
  const dependencies = { seq2see: `file:${tarball}` };
  write(join(projects, "package.json"), JSON.stringify({ ...description, dependencies }));
  const { status, all } = run(projects, "npm", "install");
  expect(status, all).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("an empty folder", () => {
  const table = [
    "| with | seconds | MB | warnings | first translation |",
    "| --- | --- | --- | --- | --- |",
  ];
  afterAll(() => console.log(table.join("\n")));

  test.each<[name: string, command: [string, ...string[]], warnings: RegExp | null]>([
    ["npm 10", ["node", bin("npm-10/bin/npm-cli.js"), "install"], null],
    [
      "npm 10, scripts off",
      ["node", bin("npm-10/bin/npm-cli.js"), "install", "--ignore-scripts"],
      null,
    ],
    // This npm wants scripts to be approved, and runs them all the same.
    ["npm 11", ["node", bin("npm-11/bin/npm-cli.js"), "install"], /^npm warn install-scripts/],
    [
      "npm 11, scripts off",
      ["node", bin("npm-11/bin/npm-cli.js"), "install", "--ignore-scripts"],
      null,
    ],
    ["pnpm, scripts off", [bin(".bin/pnpm"), "add", "--ignore-scripts"], null],
  ])("%s", (name, command, warnings) => {
    const place = join(folder, name);
    write(join(place, "package.json"), `{"private":true}`);
    const begun = Date.now();
    const { status, all } = run(place, ...command, tarball);
    const seconds = (Date.now() - begun) / 1000;
    expect(status, all).toBe(0);
    const warned = all.split("\n").filter((line) => /warn|deprecat/i.test(line));
    expect(warned.filter((line) => !warnings?.test(line))).toEqual([]);
    const shipped = join(place, "node_modules/seq2see/models/dates");
    const { printed } = run(
      place,
      join(place, "node_modules/.bin/seq2see"),
      "translate",
      "--model",
      shipped,
    );
    expect(printed).toBe(`${date}\n`);
    const size = megabytes(join(place, "node_modules"));
    table.push(
      `| ${name} | ${seconds.toFixed(0)} | ${size} | ${warned.length} lines | ${printed.trim()} |`,
    );
    rmSync(place, { recursive: true });
  });
});

describe("what the package says of itself", () => {
  test("is right for publint", () => {
    const { status, all } = run(projects, bin(".bin/publint"), "--strict", tarball);
    expect(status, all).toBe(0);
  });

  test("has types wherever they are looked for", () => {
    // CommonJS gets the ES modules, which Node 20.19 and later load with require().
    const { status, all } = run(projects, bin(".bin/attw"), "--profile", "esm-only", tarball);
    expect(status, all).toBe(0);
  });
});

describe("in Node", () => {
  test.each(["module.mjs", "require.cjs", "dynamicImport.cjs", "worker.mjs"])("%s", (program) => {
    expect(run(join(projects, "node"), "node", program).all).toBe(`${date}\n`);
  });
});

describe("in TypeScript", () => {
  const place = join(projects, "typescript");
  test.each(["module.js", "commonjs.cjs"])("with nodenext: %s", (program) => {
    expect(run(place, "npm", "run", "--silent", "nodenext").all).toBe("");
    expect(run(place, "node", `out/${program}`).all).toBe(`${date}\n`);
  });
  test("with the resolution of bundlers", () => {
    expect(run(place, "npm", "run", "--silent", "bundler").all).toBe("");
  });
});

/** With WebGPU computed by SwiftShader, on the processor. */
const chromiumArguments = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan",
];

/** A page in Chromium while `use` runs; what it throws and requests from elsewhere are faults. */
async function inPage(url: string, use: (tab: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: chromiumArguments,
  });
  const faults: string[] = [];
  try {
    const tab = await browser.newPage();
    tab.on("pageerror", (error) => faults.push(error.message));
    tab.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      if (/^(http|ws)/.test(protocol) && host !== new URL(url).host) faults.push(request.url());
    });
    await tab.goto(url);
    await use(tab).catch((error: Error) => faults.push(error.message));
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
}

/** Waits until a page has set its title, which says what it translated. */
async function expectTitle(tab: Page, title: string): Promise<void> {
  await tab.waitForFunction("document.title !== 'loading'", undefined, { timeout: 240_000 });
  expect(await tab.title()).toBe(title);
}

const pageFolder = (): string => bin("seq2see/dist/page");

/** The WebAssembly files in a built page's folder; "wasm" is what the page itself is given beside it. */
const wasmIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".wasm") && !name.startsWith("wasm/"))
    .map((name) => (name.includes("asyncify") ? "webgpu" : "processor"))
    .sort();

describe("bundled for a page and its worker", () => {
  // Bundlers may give the files other names; webpack does, and nothing else is in the page then.
  test.each([
    ["vite", ["processor"]],
    ["vite7", ["processor"]],
    ["webpack", ["processor"]],
    ["esbuild", []],
    ["webgpu", ["processor", "webgpu"]],
  ])("by %s", async (name, builds) => {
    const place = join(projects, name);
    const { status, all } = run(place, "npm", "run", "--silent", "build");
    expect(status, all).toBe(0);
    expect(wasmIn(join(place, "dist"))).toEqual(builds);
    cpSync(model, join(folder, "served/model"), { recursive: true });
    cpSync(pageFolder(), join(folder, "served/wasm"), { recursive: true });
    const { url, server } = await serve([join(place, "dist"), place, join(folder, "served")]);
    await inPage(url, (tab) => expectTitle(tab, `${date} ${date}`));
    server.close();
  });
});

describe("in a page of Vite's development server", () => {
  test.each([
    ["vite", "vite"],
    ["vite7", "../vite7/node_modules/vite"],
  ])("%s", async (name, vite) => {
    const place = join(projects, name);
    cpSync(model, join(place, "public/model"), { recursive: true });
    cpSync(pageFolder(), join(place, "public/wasm"), { recursive: true });
    const child = spawn("node", [join(bin(vite), "bin/vite.js"), "--host", "127.0.0.1"], {
      cwd: place,
      env,
    });
    try {
      let printed = "";
      let url: string | undefined;
      for await (const chunk of child.stdout) {
        printed += stripVTControlCharacters(String(chunk));
        url = /http:\S+/.exec(printed)?.[0];
        if (url) break;
      }
      await inPage(url ?? printed, (tab) => expectTitle(tab, `${date} ${date}`));
    } finally {
      child.kill();
      rmSync(join(place, "public"), { recursive: true });
    }
  });
});

describe("in a page without a bundler", () => {
  const site = join(projects, "site");
  const documentation = readFileSync(join(root, "docs/library.md"), "utf8");
  const blockOf = (form: RegExp): string => form.exec(documentation)?.[1] as string;
  beforeAll(() => {
    const { status, all } = run(projects, "bash", "-ec", blockOf(/```\n(mkdir site\n[^`]*)```/));
    expect(status, all).toBe(0);
    write(join(site, "index.html"), blockOf(/```html\n(<!doctype html>[\s\S]*?)```/));
  });

  test("the page of docs/library.md translates, and asks no other server for anything", async () => {
    const { url, server } = await serve([site]);
    await inPage(url, async (tab) => {
      await tab.fill("input", "le 14 juillet 1989");
      await tab.click("button");
      await tab.waitForFunction("document.querySelector('output').value.includes('-')");
      expect(await tab.textContent("output")).toBe("1989-07-14");
    });
    server.close();
  });

  test.each([
    ["threads of an isolated page", { threads: 2 }],
    ["files of a folder", { wasmFolder: "seq2see", threads: 2 }],
    ["WebGPU, whose files lie beside the others", { device: "webgpu" }],
  ])("%s work", async (_what, options) => {
    const page = join(folder, "plain");
    cpSync(site, page, { recursive: true });
    cpSync(bin("seq2see/dist/webgpu"), join(page, "seq2see"), { recursive: true });
    write(
      join(page, "index.html"),
      `<!doctype html><title>loading</title><script type="module">
        import { Seq2Seq } from "./seq2see/seq2see.js";
        const model = await Seq2Seq.load("dates", ${JSON.stringify(options)});
        const [best] = await model.translate("${text}");
        document.title = \`\${best.text} \${crossOriginIsolated}\`;
      </script>`,
    );
    const { url, server } = await serve([page], {
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    await inPage(url, (tab) => expectTitle(tab, `${date} true`));
    server.close();
  });
});
