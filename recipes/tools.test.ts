import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fetchDescriptions } from "./debianIndex.ts";
import { fetchPackage } from "./npmPackage.ts";
import { runTool, type ToolResult, type ToolRunner } from "./tools.ts";

let work: string;
beforeEach(async () => {
  vi.spyOn(console, "error").mockReturnValue();
  work = await mkdtemp(join(tmpdir(), "seq2see-recipe-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(work, { recursive: true });
});

const failed = (errors: string): ToolResult => ({ status: 1, output: "", errors });
const wanted = { name: "some-data", version: "1.2.3", files: ["data.json", "more"] };

/** Puts an archive of the package where npm would. */
async function archive(): Promise<void> {
  await mkdir(join(work, "made/package/more"), { recursive: true });
  await mkdir(join(work, "packages"));
  for (const name of ["data.json", "more/one", "unwanted"]) {
    await writeFile(join(work, "made/package", name), `of ${name}`);
  }
  const file = join(work, "packages/some-data-1.2.3.tgz");
  expect((await runTool("tar", ["-czf", file, "-C", join(work, "made"), "package"]))?.status).toBe(
    0,
  );
}

describe("a package of npm", () => {
  test("is unpacked as far as it is needed, and fetched only if it is not there", async () => {
    await archive();
    const tools: string[] = [];
    const tool: ToolRunner = (program, options) => {
      tools.push(program);
      return runTool(program, options);
    };
    const folder = await fetchPackage(work, wanted, tool);
    expect((await readdir(folder)).sort()).toEqual(["data.json", "more"]);
    expect(await readFile(join(folder, "more/one"), "utf8")).toBe("of more/one");
    expect(await fetchPackage(work, wanted, tool)).toBe(folder);
    expect(tools).toEqual(["tar"]);
    expect((await readdir(join(work, "packages"))).sort()).toEqual([
      "some-data-1.2.3",
      "some-data-1.2.3.tgz",
    ]);
  });
  test.each([
    [
      "npm error code ENOTFOUND\nnpm error network",
      /cannot reach .* some-data@1.2.3 \(ENOTFOUND\); go online, or put the archive at .*packages\/some-data-1\.2\.3\.tgz\.$/,
    ],
    ["npm error code E404", /^npm has no package some-data@1\.2\.3; list its versions/],
    [
      "npm error disk full.\nmore",
      /^npm could not download some-data@1\.2\.3 \(disk full\); try again\.$/,
    ],
  ])("that cannot be fetched is told in one sentence: %s", async (errors, message) => {
    await expect(fetchPackage(work, wanted, async () => failed(errors))).rejects.toThrow(message);
  });
  test("needs npm", async () => {
    await expect(fetchPackage(work, wanted, async () => null)).rejects.toThrow(/^npm is missing/);
  });
  test("of a damaged archive is named, and nothing is left of it", async () => {
    await mkdir(join(work, "packages"));
    await writeFile(join(work, "packages/some-data-1.2.3.tgz"), "no archive");
    await expect(fetchPackage(work, wanted)).rejects.toThrow(/1\.2\.3\.tgz cannot be unpacked/);
    expect(await readdir(join(work, "packages"))).toEqual(["some-data-1.2.3.tgz"]);
  });
});

describe("Debian's index", () => {
  const good = (output: string): ToolResult => ({ status: 0, output, errors: "" });
  test("is fetched into the work folder and read file by file", async () => {
    const calls: string[] = [];
    const text = await fetchDescriptions(work, async (program, options) => {
      calls.push([program.split("/").at(-1), options.at(-1)].join(" "));
      if (options.includes("update")) {
        expect(options).toContain(`Dir::State::lists=${work}/apt/lists/`);
        return good("");
      }
      if (options.includes("indextargets")) {
        return good("Translations\tmain/i18n/Translation-en\t/one\nTranslations\tx-en\t/two\n");
      }
      return good(`text of ${options.at(-1)}`);
    });
    expect(text).toBe("text of /one\n\ntext of /two");
    expect(calls[0]).toBe("apt-get update");
    expect(calls.slice(2)).toEqual(["apt-helper /one", "apt-helper /two"]);
  });
  test.each([
    ["without apt", async () => null, /^apt-get is missing/],
    [
      "offline",
      async () => failed("E: Failed to fetch a\nE: more"),
      /could not fetch the index \(Failed to fetch a\)/,
    ],
    ["without sources", async () => good(""), /^apt has no package sources/],
  ] as [string, ToolRunner, RegExp][])("%s is told in one sentence", async (_, tool, message) => {
    await expect(fetchDescriptions(work, tool)).rejects.toThrow(message);
  });
});

test("a program that is not there is told apart from one that fails", async () => {
  expect(await runTool(join(work, "none"), [])).toBeNull();
  expect(await runTool(process.execPath, ["-e", "console.error('no'); process.exit(3)"])).toEqual({
    status: 3,
    output: "",
    errors: "no\n",
  });
});
