/** Which tensors a trace records: chosen by library, command line and server, and told by readers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { standardOutput } from "../src/cli/standardOutput.ts";
import { addTranslateCommand } from "../src/cli/translate.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import type { ConfigurationChanges } from "../src/models/configuration.ts";
import { createServer } from "../src/server/app.ts";
import { ModelCatalog } from "../src/server/modelCatalog.ts";
import { recordedTensor } from "../src/trace/recordedTensors.ts";
import { tensorGroupOf, tensorGroups } from "../src/trace/tensorGroups.ts";
import type { Trace } from "../src/trace/trace.ts";
import { readTrace, traceJson } from "../src/trace/traceJson.ts";
import { runTyped } from "./support/commandLine.ts";
import { writePage } from "./support/studioFolder.ts";
import { writeRandomModel } from "./support/writtenModel.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-tensors-"));
const at = (name: string): string => join(folder, name);

/** Models that together have every kind of tensor of texts. */
const kinds: Readonly<Record<string, ConfigurationChanges>> = {
  usual: {},
  local: { attentionScope: "local-p", attention: "concat" },
  deep: { layers: 3, residualFrom: 2, cell: "lstm" },
  gru: { cell: "gru", attention: "additive" },
  gated: {
    contextGate: true,
    inputFeeding: false,
    attentionPlace: "before",
    readout: "maxout",
    sourceConvolution: 3,
  },
  summary: { attention: "none", attentionPlace: "before", readout: "maxout", outputRank: 4 },
};
const models: Record<string, Seq2Seq> = {};

beforeAll(async () => {
  for (const [name, changes] of Object.entries(kinds)) {
    await writeRandomModel(at(name), changes);
    models[name] = await Seq2Seq.load(at(name), { threads: 1 });
  }
});
afterAll(async () => {
  for (const model of Object.values(models)) await model.release();
  rmSync(folder, { recursive: true, force: true });
});

/** The names of all tensors of a trace. */
const namesOf = ({ encoder, steps }: Trace): string[] => [
  ...Object.keys(encoder.tensors),
  ...steps.flatMap(({ tensors }) => Object.keys(tensors)),
];

const traced = (options: object, name = "usual"): Promise<Trace> =>
  (models[name] as Seq2Seq).trace("abc", { maxLength: 3, ...options });

test.each(Object.keys(kinds))("every tensor of the model %s belongs to a group", async (name) => {
  const names = namesOf(await traced({}, name));
  expect(names.filter((each) => tensorGroupOf(each) === undefined)).toEqual([]);
});

test.each(tensorGroups)("%s alone: these tensors are as in the whole trace", async (group) => {
  const name = group === "readout" ? "summary" : "usual";
  const [whole, part] = [await traced({}, name), await traced({ tensors: [group] }, name)];
  const expected = namesOf(whole).filter((each) => tensorGroupOf(each) === group);
  expect(expected).not.toEqual([]);
  expect(namesOf(part)).toEqual(expected);
  expect(part.options.tensors).toEqual([group]);
  for (const [key, tensor] of Object.entries(part.encoder.tensors)) {
    expect(tensor).toEqual(whole.encoder.tensors[key]);
  }
  const { encoder: _, steps, options: __, ...rest } = part;
  const { encoder: ___, steps: all, options: ____, ...same } = whole;
  expect(rest).toEqual(same);
  expect(steps.map(({ candidates }) => candidates)).toEqual(all.map((step) => step.candidates));
});

test("without tensors, given outputs are scored all the same", async () => {
  const [whole, none] = [
    await traced({ target: [5, 6] }),
    await traced({ target: [5, 6], tensors: [] }),
  ];
  expect(namesOf(none)).toEqual([]);
  expect(none.hypotheses).toEqual(whole.hypotheses);
});

test("a partial trace is written and read as such, and a whole one as before", async () => {
  const reread = (trace: Trace): Trace => readTrace(JSON.parse(JSON.stringify(traceJson(trace))));
  const part = reread(await traced({ tensors: ["logits", "attention"] }));
  expect(part.options.tensors).toEqual(["attention", "logits"]);
  expect(reread(await traced({})).options).not.toHaveProperty("tensors");
});

test("readers say what is not recorded, and what to record", async () => {
  const part = await traced({ tensors: ["attention", "states"] });
  expect(recordedTensor(part, "attention.weights", 0).shape).toEqual([3]);
  expect(recordedTensor(part, "state.0").shape).toEqual([16]);
  expect(() => recordedTensor(part, "logits", 0)).toThrow(
    "logits is not recorded: the trace has only the tensors of states, attention; record it again with those of logits.",
  );
  expect(() => recordedTensor(part, "attention.weight", 0)).toThrow(
    "There is no tensor attention.weight of the decoder in a trace of this model. Did you mean attention.weights?",
  );
  expect(() => recordedTensor(part, "attention.weights", 99)).toThrow("There is no step 99;");
  const whole = await traced({});
  expect(() => recordedTensor(whole, "memory", 0)).toThrow(
    "memory is a tensor of the encoder; ask for it without a step.",
  );
  expect(() => recordedTensor(whole, "attention.weights")).toThrow(
    "attention.weights is a tensor of decoder steps; give a step, such as 0.",
  );
  const none = await traced({ tensors: [] });
  expect(() => recordedTensor(none, "memory")).toThrow("the trace has no tensors;");
});

test("readers say which step lacks a tensor that others have", async () => {
  const whole = await traced({});
  const [first, ...others] = whole.steps as [Trace["steps"][number]];
  const { logits: _, ...left } = first.tensors;
  const damaged = { ...whole, steps: [{ ...first, tensors: left }, ...others] };
  expect(recordedTensor(damaged, "logits", 1).shape).toEqual(
    recordedTensor(whole, "logits", 0).shape,
  );
  expect(() => recordedTensor(damaged, "logits", 0)).toThrow(
    "logits is missing in step 0, though other steps have it: the trace is incomplete; record it again.",
  );
});

test("an unknown group is refused", async () => {
  await expect(traced({ tensors: ["weights"] })).rejects.toThrow(
    /^tensors: give a list of 0 to 8 entries, each embeddings, /,
  );
});

test("the command line and the server take the groups", async () => {
  vi.spyOn(standardOutput, "print").mockResolvedValue();
  writeFileSync(at("in.txt"), "abc\n");
  const type = async (...words: string[]): Promise<void> => {
    const program = new Command();
    addTranslateCommand(program);
    const input = ["--model", at("usual"), "--input", at("in.txt"), "--threads", "1"];
    await runTyped(program, ["translate", ...input, ...words]);
  };
  await type("--trace", at("out.jsonl"), "--tensors", "attention,logits");
  const written = readTrace(JSON.parse(readFileSync(at("out.jsonl"), "utf8")));
  expect(new Set(namesOf(written).map(tensorGroupOf))).toEqual(new Set(["attention", "logits"]));
  await type("--trace", at("out.jsonl"), "--tensors", "none");
  expect(namesOf(readTrace(JSON.parse(readFileSync(at("out.jsonl"), "utf8"))))).toEqual([]);
  await expect(type("--tensors", "logits")).rejects.toThrow(
    "--tensors logits: no trace is written; add --trace, or leave it out.",
  );

  writePage(at("page"));
  const catalog = new ModelCatalog({ models: [at("usual")] });
  const given = { catalog, page: at("page"), host: "localhost", version: "1", threads: 1 };
  const app: FastifyInstance = await createServer(given);
  const ask = (tensors: unknown) =>
    app.inject({ method: "POST", url: "/api/trace", payload: { text: "abc", tensors } });
  const answer = await ask(["context"]);
  expect(new Set(namesOf(readTrace(answer.json())).map(tensorGroupOf))).toEqual(
    new Set(["context"]),
  );
  const wrong = await ask(["contxt"]);
  expect(wrong.statusCode).toBe(400);
  expect(wrong.json().error).toMatch(
    /^"tensors\[0\]": "contxt": give embeddings, .* or logits\. Did you mean "context"\?$/,
  );
  await app.close();
});
