/** Mapping files: what they make of arrays, and what is said of those that do not fit. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addImportCommand } from "../src/cli/import.ts";
import { standardOutput } from "../src/cli/standardOutput.ts";
import { HelpfulCommand } from "../src/cli/suggestions.ts";
import { importModel } from "../src/interop/nodeForeignModel.ts";
import { modelInFiles } from "../src/modelFolder/modelFolder.ts";
import { configure } from "../src/models/configuration.ts";
import { parametersOf } from "../src/models/graphs.ts";
import { numbersOf } from "../src/tensor/value.ts";
import { runTyped } from "./support/commandLine.ts";
import type { PlainArray } from "./support/npz.ts";
import { npzOf } from "./support/npz.ts";

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seq2see-import-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const tokens = ["<pad>", "<unk>", "<s>", "</s>", "a", "b"];
const model = {
  preset: "sutskever2014",
  cell: "gru",
  layers: 1,
  embedding: 2,
  hidden: 2,
  reverseSource: false,
} as const;
const specifications = parametersOf({
  ...configure(model.preset, { ...model }),
  sourceVocabulary: 6,
  targetVocabulary: 6,
});

/** Numbers that are all different, so that none can stand in another's place unnoticed. */
function arraysFor(): Record<string, PlainArray> {
  let next = 1;
  return Object.fromEntries(
    specifications.map(({ name, shape }) => {
      const count = shape.reduce((product, size) => product * size, 1);
      return [`x.${name}`, { shape, data: Array.from({ length: count }, () => next++) }];
    }),
  );
}

const parameters = (): Record<string, unknown> =>
  Object.fromEntries(specifications.map(({ name }) => [name, `x.${name}`]));
const mapping = () => ({
  model: { ...model } as Record<string, unknown>,
  vocabularies: { source: { tokens }, target: { tokens } } as Record<string, unknown>,
  parameters: parameters(),
  unused: [] as string[],
});

interface Changed {
  readonly parameters?: Record<string, unknown>;
  readonly arrays?: Record<string, PlainArray | undefined>;
  readonly others?: Record<string, unknown>;
}

/** Writes the mapping and the arrays with some changes, and imports them. */
async function imported({ parameters: changed = {}, arrays = {}, others = {} }: Changed = {}) {
  const whole = mapping();
  const json = { ...whole, parameters: { ...whole.parameters, ...changed }, ...others };
  writeFileSync(at("mapping.json"), JSON.stringify(json));
  const all = Object.entries({ ...arraysFor(), ...arrays }).filter(([, array]) => array);
  writeFileSync(at("w.npz"), npzOf(Object.fromEntries(all) as Record<string, PlainArray>));
  const { files } = await importModel({ layout: at("mapping.json"), file: at("w.npz") });
  const { weights } = modelInFiles(new Map(files), "");
  return (name: string): number[] => {
    const value = weights.get(name);
    return value ? numbersOf(value) : [];
  };
}

const matrix = (rows: number, columns: number, start = 1): PlainArray => ({
  shape: [rows, columns],
  data: Array.from({ length: rows * columns }, (_, index) => start + index),
});

describe("expressions", () => {
  test("the name of an array stands for all its numbers", async () => {
    const weight = await imported();
    expect(weight("source_embedding")).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test("rows become columns", async () => {
    const weight = await imported({
      parameters: { "output.weight": { array: "x.output.weight", transpose: true } },
      arrays: { "x.output.weight": matrix(6, 2) },
    });
    expect(weight("output.weight")).toEqual([1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12]);
  });

  test("gates come into our order, with other signs if need be", async () => {
    const gates = ["-update", "reset", "candidate"];
    const weight = await imported({
      parameters: { "encoder.0.weight_ih": { array: "x.encoder.0.weight_ih", gates } },
      arrays: { "x.encoder.0.weight_ih": matrix(2, 6) },
    });
    expect(weight("encoder.0.weight_ih")).toEqual([3, 4, -1, -2, 5, 6, 9, 10, -7, -8, 11, 12]);
  });

  test("one array is cut for two parameters by rows, columns or an index", async () => {
    const weight = await imported({
      parameters: {
        "decoder.0.weight_hh_gates": { array: "all", columns: [0, 4] },
        "decoder.0.weight_hh_candidate": { array: "all", columns: [4, 6] },
        "decoder.0.bias": { array: "deep", index: 1, reshape: [6] },
        "encoder.0.bias": { array: "deep", index: 0, reshape: [6] },
      },
      arrays: {
        all: matrix(2, 6),
        deep: { shape: [2, 2, 3], data: matrix(1, 12).data },
        "x.decoder.0.weight_hh_gates": undefined,
        "x.decoder.0.weight_hh_candidate": undefined,
        "x.decoder.0.bias": undefined,
        "x.encoder.0.bias": undefined,
      },
    });
    expect(weight("decoder.0.weight_hh_gates")).toEqual([1, 2, 3, 4, 7, 8, 9, 10]);
    expect(weight("decoder.0.weight_hh_candidate")).toEqual([5, 6, 11, 12]);
    expect(weight("encoder.0.bias")).toEqual([1, 2, 3, 4, 5, 6]);
    expect(weight("decoder.0.bias")).toEqual([7, 8, 9, 10, 11, 12]);
  });

  test("arrays are added, and joined along either axis", async () => {
    const half = (start: number): PlainArray => matrix(2, 2, start);
    const weight = await imported({
      parameters: {
        "encoder.0.bias": { sum: ["one", { array: "two", scale: 10 }] },
        "decoder.0.weight_hh_gates": { join: ["left", "right"], axis: 1 },
        "decoder.0.weight_hh_candidate": { join: ["top", "bottom"] },
        "decoder.0.bias": { fill: 0 },
      },
      arrays: {
        one: { shape: [6], data: [1, 2, 3, 4, 5, 6] },
        two: { shape: [6], data: [1, 1, 1, 1, 1, 2] },
        left: half(1),
        right: half(5),
        top: matrix(1, 2),
        bottom: matrix(1, 2, 3),
        "x.encoder.0.bias": undefined,
        "x.decoder.0.weight_hh_gates": undefined,
        "x.decoder.0.weight_hh_candidate": undefined,
        "x.decoder.0.bias": undefined,
      },
    });
    expect(weight("encoder.0.bias")).toEqual([11, 12, 13, 14, 15, 26]);
    expect(weight("decoder.0.weight_hh_gates")).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
    expect(weight("decoder.0.weight_hh_candidate")).toEqual([1, 2, 3, 4]);
    expect(weight("decoder.0.bias")).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("rows of a vocabulary follow ours; a sign that it lacks gets zeros, and is never chosen", async () => {
    const theirs = ["SOS", "EOS", "b", "a"];
    const weight = await imported({
      parameters: {
        target_embedding: { array: "x.target_embedding", vocabulary: "target" },
        "output.weight": { array: "x.output.weight", vocabulary: { of: "target", axis: 1 } },
        "output.bias": { array: "x.output.bias", vocabulary: "target" },
      },
      arrays: {
        "x.target_embedding": matrix(4, 2),
        "x.output.weight": matrix(2, 4),
        "x.output.bias": { shape: [4], data: [1, 2, 3, 4] },
      },
      others: {
        vocabularies: {
          source: { tokens },
          target: { tokens: theirs, special: { start: "SOS", end: "EOS" } },
        },
      },
    });
    expect(weight("target_embedding")).toEqual([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(weight("output.weight")).toEqual([0, 0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8]);
    expect(weight("output.bias")).toEqual([-10_000, -10_000, 1, 2, 3, 4]);
  });

  test("tied arrays count as used if they are equal", async () => {
    const tied = { array: "x.output.bias", equalTo: ["copy"] };
    const bias: PlainArray = { shape: [6], data: [1, 2, 3, 4, 5, 6] };
    const changed = { parameters: { "output.bias": tied } };
    const weight = await imported({ ...changed, arrays: { "x.output.bias": bias, copy: bias } });
    expect(weight("output.bias")).toEqual([1, 2, 3, 4, 5, 6]);
    const other = { ...bias, data: [1, 2, 3, 4, 5, 7] };
    const arrays = { "x.output.bias": bias, copy: other };
    await expect(imported({ ...changed, arrays })).rejects.toThrow(
      "copy is not equal to x.output.bias: its numbers are others",
    );
  });
});

describe("one sentence says", () => {
  const cases: readonly (readonly [what: string, change: Changed, message: string | RegExp])[] = [
    [
      "which array is not there, and what may be meant",
      { parameters: { "output.bias": "x.output.bais" } },
      "output.bias: there is no array x.output.bais; did you mean x.output.bias?",
    ],
    [
      "which shape is another",
      { arrays: { "x.output.bias": { shape: [5], data: [1, 2, 3, 4, 5] } } },
      "output.bias: what is given for it is [5], but it is [6]",
    ],
    [
      "that a matrix has to be transposed",
      { arrays: { "x.output.weight": matrix(6, 2) } },
      'output.weight: what is given for it is [6, 2], but it is [2, 6]; add "transpose": true',
    ],
    [
      "what is left over",
      { arrays: { "more.weight": matrix(2, 2) } },
      "has arrays that no parameter is made of: more.weight [2, 2]; name them",
    ],
    [
      "what is left over of an array",
      { parameters: { "output.bias": { array: "b", rows: [0, 6] } }, arrays: { b: matrix(1, 8) } },
      /there are no rows of b \[1, 8\] from 0 to 6/,
    ],
    [
      "which parameter is not given",
      { parameters: { "output.bias": undefined } },
      "nothing is given for 1 parameter: output.bias [6]",
    ],
    [
      "which parameter the model does not have",
      { parameters: { "output.biases": "x.output.bias" } },
      "the model has no parameter output.biases (Did you mean output.bias?)",
    ],
    [
      "that numbers are used twice",
      { parameters: { "decoder.0.bias": "x.encoder.0.bias" } },
      "numbers of x.encoder.0.bias stand in another parameter already",
    ],
    [
      "that an unused array is used",
      { others: { unused: ["x.output.bias"] } },
      "unused: x.output.bias is used",
    ],
    ["that an unused array is not there", { others: { unused: ["q"] } }, "there is no array q"],
    [
      "which gate is none",
      { parameters: { "encoder.0.bias": { array: "x.encoder.0.bias", gates: ["forget"] } } },
      "gates: there is no gate forget; the gates are reset, update, candidate",
    ],
    [
      "which option of the model is none",
      { others: { model: { ...model, hiden: 2 } } },
      "model: there is no option hiden. Did you mean hidden?",
    ],
    [
      "which option has a wrong value",
      { others: { model: { ...model, cell: "sru" } } },
      /mapping\.json: model: cell/,
    ],
    ["that the preset is missing", { others: { model: {} } }, "the preset is missing"],
    [
      "that an expression has no known form",
      { parameters: { "output.bias": { aray: "x" } } },
      "it is no name of an array, and no object with array",
    ],
    [
      "which sign a vocabulary lacks",
      {
        others: {
          vocabularies: { source: { tokens, special: { end: "EOS" } }, target: { tokens } },
        },
      },
      "it has no EOS, which is to be its end sign",
    ],
    [
      "that a vocabulary has another size",
      {
        parameters: { target_embedding: { array: "x.target_embedding", vocabulary: "target" } },
        others: { vocabularies: { source: { tokens }, target: { tokens: [...tokens, "c"] } } },
      },
      "[6, 2] has no rows for the 7 tokens of the target vocabulary",
    ],
    [
      "which weight is no number",
      { arrays: { "x.output.bias": { shape: [6], data: [1, 2, 3, Number.NaN, 5, 6] } } },
      "output.bias would hold NaN",
    ],
    [
      "that there is no mapping key of a name",
      { others: { weights: {} } },
      'there is no "weights"',
    ],
  ];

  test.each(cases)("%s", async (_, change, message) => {
    await expect(imported(change)).rejects.toThrow(message);
    await expect(imported(change)).rejects.toThrow(/^[^\n]*[.?]$/);
  });

  test("which parts of arrays are left over", async () => {
    const half = { array: "x.source_embedding", rows: [0, 6], columns: [0, 2] };
    const change = {
      parameters: { source_embedding: half },
      arrays: { "x.source_embedding": matrix(6, 3) },
    };
    await expect(imported(change)).rejects.toThrow("x.source_embedding [6, 3] (6 numbers of it)");
  });
});

const attention = { "decoder.attention.Wa.weight": matrix(2, 2) };

describe("seq2see import", () => {
  const run = (words: readonly string[]): Promise<void> => {
    const program = new HelpfulCommand("seq2see");
    addImportCommand(program);
    return runTyped(program, ["import", ...words]);
  };

  test("writes a model that opens, and says how large it is", async () => {
    await imported();
    const print = vi.spyOn(standardOutput, "print").mockResolvedValue();
    await run(["--layout", at("mapping.json"), at("w.npz"), "--out", at("model")]);
    expect(print.mock.calls.flat().join()).toMatch(/^Wrote a model with \d+ weights to /);
    print.mockRestore();
    const config = JSON.parse(readFileSync(join(at("model"), "config.json"), "utf8"));
    expect(config.model).toMatchObject({ cell: "gru", hidden: 2, targetVocabulary: 6 });
  });

  test("writes nothing if something does not fit, and nothing over what is there", async () => {
    await imported();
    writeFileSync(at("cut.npz"), readFileSync(at("w.npz")).subarray(0, 500));
    const cut = run(["--layout", at("mapping.json"), at("cut.npz"), "--out", at("model")]);
    await expect(cut).rejects.toThrow("cut short");
    const taken = run(["--layout", at("mapping.json"), at("w.npz"), "--out", folder]);
    await expect(taken).rejects.toThrow("choose one that is new or empty");
    expect(readdirSync(folder).sort()).toEqual(["cut.npz", "mapping.json", "w.npz"]);
  });

  test("asks for vocabularies that a layout does not have", async () => {
    writeFileSync(at("w.npz"), npzOf({ "encoder.gru.weight_hh_l0": matrix(6, 2), ...attention }));
    const typed = run(["--layout", "pytorch-tutorial", at("w.npz"), "--out", at("model")]);
    await expect(typed).rejects.toThrow(
      "--source-vocabulary: pytorch-tutorial does not say which tokens the source has",
    );
  });

  test("names the layouts if one is mistyped", async () => {
    writeFileSync(at("w.npz"), npzOf(arraysFor()));
    const typed = run(["--layout", "g2p-en", at("w.npz"), "--out", at("model")]);
    await expect(typed).rejects.toThrow(/--layout.*there is no such layout.*Did you mean g2p_en/);
    const other = run(["--layout", "g2p_en", at("w.npz"), "--out", at("model")]);
    await expect(other).rejects.toThrow("there is no array enc_emb as the layout g2p_en has it");
  });
});
