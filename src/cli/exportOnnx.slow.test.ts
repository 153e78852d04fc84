/** The programs in the README of exported ONNX files: they translate on bare ONNX Runtime, without seq2see. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { cSharpErrors, hasCSharp, inClass } from "../../test/support/csharp.ts";
import { npyOf } from "../../test/support/featureFiles.ts";
import { chromiumPath } from "../../test/support/librarySite.ts";
import { serve } from "../../test/support/staticServer.ts";
import { featureRow, writeFeatureModel } from "../../test/support/writtenFeatureModel.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { writePresetModel } from "../../test/support/writtenPresetModel.ts";
import type { SourceInput } from "../decoding/sourceInput.ts";
import { readFeatureFile } from "../features/nodeFeatureFile.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import type { ConfigurationChanges } from "../models/configuration.ts";
import { standaloneFormats } from "../standalone/models.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { learnTokenizer, parseTokenizerOption } from "../text/tokenizerOption.ts";
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
const words = ["a b c", "a zebra c", "d"];
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
  // A word that the model does not know.
  {
    model: at("words"),
    out: "words-onnx",
    given: words,
    sources: async () => words,
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
  const counts = new Map(["a", "b", "c", "d"].map((word) => [word, 2]));
  const known = learnTokenizer(counts, parseTokenizerOption("word:20"));
  const tokenizer = TextTokenizer.fromJson(known, "words");
  await writeRandomModel(at("words"), {}, 2, { source: tokenizer, target: tokenizer });
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
    await exported(model, out, "--beam", "1");
    const own = await Seq2Seq.load(model, { threads: 1 });
    const found = await own.translateAll(await sources(), { beam: 1, replaceUnknown: false });
    expected.set(out, `${found.map(([best]) => best?.text).join("\n")}\n`);
    await own.release();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function exported(model: string, out: string, ...words: string[]): Promise<void> {
  const program = new Command("seq2see");
  addExportCommand(program);
  await runTyped(program, ["export", "--onnx", "--model", model, "--out", at(out), ...words]);
}

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

// Debian has no ONNX Runtime for Python: a stand-in passes NumPy's own arrays to Node's (python3-numpy).
const standIn = hasNumpy
  ? "with ONNX Runtime replaced by a stand-in"
  : "skipped, because python3-numpy is missing";

function byPython(words: readonly string[]): string {
  const standIns = join(root, "test/support/pythonStandIns");
  const env = { PYTHONPATH: standIns, PYTHONDONTWRITEBYTECODE: "1", NODE: process.execPath };
  return written("/usr/bin/python3", words, env);
}

describe.each(cases)("$out", ({ out, given, isChaotic }) => {
  const builds = isChaotic ? ["onnxruntime-node"] : ["onnxruntime-node", "onnxruntime-web"];
  test.each(builds)("the JavaScript program, on %s", (name) => {
    const program = programIn(out, "js").replace('"onnxruntime-node"', `"${name}"`);
    writeFileSync(at(out, "translate.mjs"), program);
    expect(written(process.execPath, [at(out, "translate.mjs"), ...given])).toBe(expected.get(out));
    expect(program.trim().split("\n").length).toBeLessThan(45);
  });

  test.skipIf(!hasNumpy)(`the Python program, ${standIn}`, () => {
    writeFileSync(at(out, "translate.py"), programIn(out, "python"));
    expect(byPython([at(out, "translate.py"), ...given])).toBe(expected.get(out));
  });

  // Debian has no .NET, but a compiler of an earlier C#.
  test.skipIf(!hasCSharp)(
    `the C# program compiles${hasCSharp ? "" : ": skipped, because mono-mcs is missing"}`,
    () => {
      const program = inClass(programIn(out, "csharp"));
      expect(cSharpErrors(program, folder)).toBe("");
      expect(cSharpErrors(program.replace("session.Run(", "session.Ran("), folder)).toMatch("Ran");
    },
  );

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

test("the page translates in Chromium, with ONNX Runtime of its own folder", async () => {
  writeFileSync(at("fr-en", "index.html"), programIn("fr-en", "html"));
  symlinkSync(at("node_modules"), at("fr-en", "node_modules"));
  const { url, server } = await serve([at("fr-en")]);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  await page.goto(url);
  const found: (string | null)[] = [];
  for (const text of texts) {
    await page.getByRole("textbox").fill(text);
    await page.getByRole("button").click();
    const earlier = found.at(-1) ?? "";
    const output = page.locator("output");
    await expect.poll(() => output.textContent(), { timeout: 60_000 }).not.toBe(earlier);
    found.push(await output.textContent());
  }
  await browser.close();
  server.close();
  expect(faults).toEqual([]);
  expect(`${found.join("\n")}\n`).toBe(expected.get("fr-en"));
});

const spelled = ["a b c", "z y x w v u", "h e l l o"];
const presetsTried: [string, ConfigurationChanges][] = [
  ["luong2015", { tiedEmbeddings: true }],
  ["bahdanau2014", { sourceStart: true, sourceEnd: true }],
  ["cho2014", {}],
  ["gnmt2016", {}],
];

describe.each(presetsTried)("%s", (preset, changes) => {
  test.skipIf(!hasNumpy).each(standaloneFormats)(
    `%s: the program in Python writes what that in JavaScript writes, greedily and with a beam, ${standIn}`,
    async (format) => {
      const out = `${preset}-${format}`;
      await writePresetModel(at(`${out}-model`), preset, changes);
      await exported(at(`${out}-model`), out, "--weights", format, "--beam", "3");
      const found = ["greedy.onnx", "beam.onnx"].map((file) => {
        const [js, py] = ["js", "python"].map((language) =>
          programIn(out, language).replace('"greedy.onnx"', `"${file}"`),
        ) as [string, string];
        writeFileSync(at(out, "translate.mjs"), js);
        writeFileSync(at(out, "translate.py"), py);
        const lines = written(process.execPath, [at(out, "translate.mjs"), ...spelled]);
        expect(byPython([at(out, "translate.py"), ...spelled])).toBe(lines);
        return lines;
      });
      for (const lines of found) expect(lines.split("\n").filter(Boolean)).toHaveLength(3);
    },
  );

  test.skipIf(!hasNumpy)(`Python finds the inputs and outputs of the README, ${standIn}`, () => {
    const out = `${preset}-float32`;
    const program = [
      "import sys, onnxruntime",
      "session = onnxruntime.InferenceSession(sys.argv[1], providers=['CPUExecutionProvider'])",
      "for kind, ports in [('input', session.get_inputs()), ('output', session.get_outputs())]:",
      "    for port in ports: print('|', kind, '|', f'`{port.name}`', '|', port.type, '|')",
    ];
    writeFileSync(at("ports.py"), program.join("\n"));
    const readme = readFileSync(at(out, "README.md"), "utf8");
    for (const file of ["greedy", "beam", "encoder", "step"]) {
      const [, part = ""] = readme.split(new RegExp(`^##+ ${file}\\.onnx$`, "m"));
      const rows =
        (part.split("\n#")[0] ?? "").match(/^\| (input|output) \| `\S+` \| \w+ \|/gm) ?? [];
      const types = { float32: "tensor(float)", int64: "tensor(int64)", bool: "tensor(bool)" };
      const told = rows.map((row) =>
        row.replace(/(\w+) \|$/, (_, type: keyof typeof types) => `${types[type]} |`),
      );
      const lines = byPython([at("ports.py"), at(out, `${file}.onnx`)])
        .trim()
        .split("\n");
      expect(lines.sort()).toEqual(told.sort());
    }
  });
});
