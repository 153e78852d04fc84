/** The programs in the README of exported ONNX files: they translate on bare ONNX Runtime, without seq2see. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { npyOf } from "../../test/support/featureFiles.ts";
import { featureRow, writeFeatureModel } from "../../test/support/writtenFeatureModel.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import type { SourceInput } from "../decoding/sourceInput.ts";
import { readFeatureFile } from "../features/nodeFeatureFile.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { addExportCommand } from "./export.ts";
import { standardOutput } from "./standardOutput.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "seq2see-onnx-programs-"));
const at = (...names: string[]): string => join(folder, ...names);
const hasNumpy = spawnSync("/usr/bin/python3", ["-c", "import numpy"]).status === 0;

/** A model, what its programs are given, and the translations of the library. */
interface Case {
  readonly model: string;
  readonly out: string;
  readonly given: readonly string[];
  readonly sources: () => Promise<SourceInput[]>;
  /** Its numbers are of no sense, so that the last bit, in which builds differ, can decide between tokens. */
  readonly isChaotic?: boolean;
}
const texts = ["Bonjour, comment allez-vous ?", "Où est la gare ?", "Merci."];
const letters = ["abc de.", "xyz", "hello, world"];
const paths = ["one.npy", "two.npy"].map((name) => at(name));
const cases: readonly Case[] = [
  { model: "fr-en", out: "fr-en", given: texts, sources: async () => texts },
  {
    model: at("letters"),
    out: "letters-onnx",
    given: letters,
    sources: async () => letters,
    isChaotic: true,
  },
  {
    model: at("features"),
    out: "features-onnx",
    given: paths,
    sources: () => Promise.all(paths.map((path) => readFeatureFile(path, null))),
  },
];
const expected = new Map<string, string>();

beforeAll(async () => {
  await writeRandomModel(at("letters"), { sourceStart: true, sourceEnd: true });
  await writeFeatureModel(at("features"));
  paths.forEach((path, index) => {
    const rows = Array.from({ length: 3 + index }, (_, row) =>
      Array.from({ length: featureRow }, (_, column) => Math.sin(row + 3 * column + index)),
    );
    writeFileSync(path, npyOf(rows));
  });
  vi.spyOn(standardOutput, "print").mockResolvedValue();
  mkdirSync(at("node_modules", "@huggingface"), { recursive: true });
  const packages = ["onnxruntime-node", "onnxruntime-web", "@huggingface/tokenizers"];
  for (const name of packages)
    symlinkSync(join(root, "node_modules", name), at("node_modules", name));
  for (const { model, out, sources } of cases) {
    const program = new Command("seq2see");
    addExportCommand(program);
    await runTyped(program, [
      "export",
      "--onnx",
      "--model",
      model,
      "--out",
      at(out),
      "--beam",
      "1",
    ]);
    const own = await Seq2Seq.load(model, { threads: 1 });
    const found = await own.translateAll(await sources(), { beam: 1, replaceUnknown: false });
    expected.set(out, `${found.map(([best]) => best?.text).join("\n")}\n`);
    await own.release();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The program in a README, after the fence of its language. */
function programIn(out: string, language: string): string {
  const readme = readFileSync(at(out, "README.md"), "utf8");
  const found = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "m").exec(readme);
  return found?.[1] as string;
}

function written(
  command: string,
  words: readonly string[],
  env: Record<string, string> = {},
): string {
  const { stdout, stderr } = spawnSync(command, words, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
  return stdout || stderr;
}

describe.each(cases)("$out", ({ out, given, isChaotic }) => {
  const builds = isChaotic ? ["onnxruntime-node"] : ["onnxruntime-node", "onnxruntime-web"];
  test.each(builds)("the JavaScript program, on %s", (name) => {
    const program = programIn(out, "js").replace('"onnxruntime-node"', `"${name}"`);
    writeFileSync(at(out, "translate.mjs"), program);
    expect(written(process.execPath, [at(out, "translate.mjs"), ...given])).toBe(expected.get(out));
    expect(program.trim().split("\n").length).toBeLessThan(45);
  });

  // Debian has no ONNX Runtime for Python: a stand-in passes its calls to Node's, with NumPy's own arrays (python3-numpy).
  test.skipIf(!hasNumpy)("the Python program, with ONNX Runtime replaced by a stand-in", () => {
    writeFileSync(at(out, "translate.py"), programIn(out, "python"));
    const standIns = join(root, "test/support/pythonStandIns");
    const env = { PYTHONPATH: standIns, PYTHONDONTWRITEBYTECODE: "1", NODE: process.execPath };
    const words = [at(out, "translate.py"), ...given];
    expect(written("/usr/bin/python3", words, env)).toBe(expected.get(out));
  });

  test("the C# program, which nothing here can run, names the inputs and outputs of greedy.onnx", () => {
    const program = programIn(out, "csharp");
    const readme = readFileSync(at(out, "README.md"), "utf8");
    const [, part] = readme.split("\n## greedy.onnx\n");
    const inputs = Array.from((part?.split("\n## ")[0] ?? "").matchAll(/^\| input \| `(\w+)`/gm));
    expect(inputs.length).toBeGreaterThan(0);
    for (const [, name] of inputs) expect(program).toContain(`"${name}"`);
    expect(program).toContain('"target_ids"');
  });
});
