/** `seq2see export --onnx`: its files, its README and what it refuses. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { Command } from "commander";
import { ModelProtoSchema } from "onnx-buf";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { writeFeatureModel } from "../../test/support/writtenFeatureModel.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { readModel } from "../modelFolder/nodeModelFolder.ts";
import { standaloneFiles } from "../standalone/files.ts";
import type { TensorValue } from "../tensor/value.ts";
import { addExportCommand } from "./export.ts";
import { standardOutput } from "./standardOutput.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-onnx-files-"));
const at = (...names: string[]): string => join(folder, ...names);
let printed: string[];

beforeAll(async () => {
  await writeRandomModel(at("text"), { hidden: 32, embedding: 32 });
  await writeFeatureModel(at("features"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  printed = [];
  vi.spyOn(standardOutput, "print").mockImplementation(async (text) => {
    printed.push(...text.split("\n"));
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(at("out"), { recursive: true, force: true });
});

async function run(model: string, ...words: string[]): Promise<void> {
  const program = new Command("seq2see");
  addExportCommand(program);
  await runTyped(program, ["export", "--onnx", "--model", at(model), "--out", at("out"), ...words]);
}

describe("the folder", () => {
  test("has the files of a text model, and their sizes are printed", async () => {
    await run("text");
    const files = [
      "README.md",
      "beam.onnx",
      "encoder.onnx",
      "greedy.onnx",
      "source.tokenizer.json",
      "step.onnx",
      "target.tokenizer.json",
    ];
    expect(readdirSync(at("out")).sort()).toEqual(files);
    expect(printed.map((line) => line.split(" ")[0]).sort()).toEqual(files);
    expect(printed.every((line) => / \d+\.\d\d MB$/.test(line))).toBe(true);
  });

  test("has no beam.onnx with a beam of 1, and no source tokenizer for features", async () => {
    await run("features", "--beam", "1");
    expect(readdirSync(at("out")).sort()).toEqual([
      "README.md",
      "encoder.onnx",
      "greedy.onnx",
      "step.onnx",
      "target.tokenizer.json",
    ]);
  });

  test("is smaller as int8, its table of embeddings included", async () => {
    const sizes: Record<string, number> = {};
    for (const format of ["float32", "int8"]) {
      await run("text", "--weights", format, "--beam", "1");
      sizes[format] = statSync(at("out", "greedy.onnx")).size;
      const { graph } = fromBinary(ModelProtoSchema, readFileSync(at("out", "greedy.onnx")));
      const names = graph?.initializer.map(({ name }) => name);
      const tables = ["source_embedding", "target_embedding"];
      for (const name of tables) expect(names?.includes(name)).toBe(format === "float32");
      rmSync(at("out"), { recursive: true });
    }
    expect(sizes["int8"]).toBeLessThan(0.6 * (sizes["float32"] as number));
  });

  test.each(["text", "features"])(
    "has a README with every input and output of its files: %s",
    async (model) => {
      await run(model, "--beam", "2");
      const readme = readFileSync(at("out", "README.md"), "utf8");
      for (const file of ["encoder", "step", "greedy", "beam"]) {
        const { graph } = fromBinary(ModelProtoSchema, readFileSync(at("out", `${file}.onnx`)));
        const [, part] = readme.split(new RegExp(`^##+ ${file}\\.onnx$`, "m"));
        for (const [kind, ports] of [
          ["input", graph?.input ?? []],
          ["output", graph?.output ?? []],
        ] as const) {
          for (const { name, type } of ports) {
            const tensor = type?.value.case === "tensorType" ? type.value.value : undefined;
            const axes = tensor?.shape?.dim.map(({ value }) => value.value).join(", ");
            const dtype = { 1: "float32", 7: "int64", 9: "bool" }[tensor?.elemType ?? 0];
            expect(part).toContain(`| ${kind} | \`${name}\` | ${dtype} | \`[${axes}]\` | `);
          }
        }
      }
      expect(readme).not.toMatch(/undefined|^\| (input|output).*\| *\|$/m);
    },
  );
});

describe("what is refused, and nothing is written", () => {
  test.each([
    [["--beam", "100000"], "--beam 100000: beam.onnx keeps at most 1000 hypotheses"],
    [["--weights", "float16"], "--weights float16: ONNX files compute in float32 or int8"],
    [
      ["--lowercase"],
      "--lowercase: it has no effect on ONNX files; leave it out, or leave out --onnx.",
    ],
    [["--data", "dev.tsv"], "--data: it has no effect on ONNX files"],
    [["--card", "card.json"], "--card: it has no effect on ONNX files"],
    [["--threads", "2"], "--threads: it has no effect on ONNX files"],
  ])("%s", async (words, message) => {
    await expect(run("text", ...words)).rejects.toThrow(message);
    expect(existsSync(at("out"))).toBe(false);
  });

  test("a folder that is not empty", async () => {
    await run("text", "--beam", "1");
    await expect(run("text")).rejects.toThrow(/--out .*: the folder holds README.md; choose one/);
    expect(existsSync(at("out", "beam.onnx"))).toBe(false);
  });

  test("a folder without a model", async () => {
    await expect(run("nothing")).rejects.toThrow(at("nothing"));
    expect(existsSync(at("out"))).toBe(false);
  });

  test("a model whose weights do not fit into one ONNX file", async () => {
    const model = await readModel(at("text"));
    const wide: TensorValue = {
      dtype: "float32",
      shape: [40_000, 20_000],
      data: new Float32Array(),
    };
    const weights = new Map([...model.weights, ["wide", wide]]);
    expect(() =>
      standaloneFiles({ ...model, weights }, { title: "wide", format: "float32", beam: 1 }),
    ).toThrow(
      "The weights of this model take 3.2 GB, and an ONNX file holds at most 2; export it as int8, or train a smaller one.",
    );
  });
});
