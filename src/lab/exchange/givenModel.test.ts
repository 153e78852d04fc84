import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { heldOutLetters, letterPairs, trainLetters } from "../../../test/support/lettersRun.ts";
import { writeZip } from "../../files/zip.ts";
import { ZipError } from "../../files/zipFault.ts";
import { nodeRuntime } from "../../runtime/node.ts";
import { MemoryTraining } from "../../training/memory/memoryRun.ts";
import type { LabFiles } from "../messages.ts";
import { GivenError, type GivenFault } from "./givenFault.ts";
import type { Given, GivenModel } from "./givenModel.ts";
import { entryOfGiven, givenArchive, readGivenModel } from "./givenModel.ts";
import { hasRun, heldOutOf, knownShare, resumeGiven } from "./givenRun.ts";

let run: MemoryTraining;
beforeAll(async () => {
  run = await trainLetters();
}, 120_000);

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);

/** A folder with files in it, as a drop gives it. */
function given(files: Iterable<readonly [string, Uint8Array<ArrayBuffer>]>, name = "given"): Given {
  return {
    name,
    files: Array.from(files, ([path, bytes]) => ({
      path,
      bytes: bytes.length,
      read: async () => bytes,
    })),
  };
}
const inFolder = (files: LabFiles, folder: string): [string, Uint8Array<ArrayBuffer>][] =>
  Array.from(files, ([path, bytes]) => [`${folder}/${path}`, bytes]);

async function faultOf(work: Promise<unknown>): Promise<GivenFault> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof GivenError) return error.fault;
  throw error ?? new Error("It was taken.");
}
const read = (files: Iterable<readonly [string, Uint8Array<ArrayBuffer>]>): Promise<GivenModel> =>
  readGivenModel(given(files));

test("the model of a run's folder is found, with what a page shows of it", async () => {
  const found = await read(inFolder(run.files, "letters"));
  expect(found.name).toBe("letters");
  expect(found.model.sizes).toMatchObject({ hidden: 16, sourceInput: "tokens" });
  expect(found.samples[0]).toEqual(
    heldOutLetters.find(({ source }) => source === found.samples[0]?.source),
  );
  const entry = entryOfGiven(found, "here:1");
  expect(entry).toMatchObject({ path: "here:1", title: "letters", hasMetrics: true });
  expect([...found.files.keys()]).toContain("training/metrics.jsonl");
  expect([...found.files.keys()]).not.toContain("training/checkpoint.safetensors");
});

test("it may lie some folders deep, or at the top, in a folder or an archive", async () => {
  const deep = await read(inFolder(run.files, "my models/2026/letters"));
  const flat = await read(run.files);
  expect([deep.name, flat.name]).toEqual(["letters", "given"]);
  const archive = writeZip(inFolder(run.files, "letters"), new Date());
  const packed = await readGivenModel(givenArchive(archive, "x.zip"));
  expect(packed.name).toBe("letters");
  expect(packed.model.weights).toEqual(flat.model.weights);
  const loose = await readGivenModel(givenArchive(writeZip(run.files, new Date()), "loose.zip"));
  expect(loose.name).toBe("loose");
});

test("the models that come with seq2see are taken, with their cards and pictures", async () => {
  for (const name of ["dates", "captions"]) {
    const folder = join(import.meta.dirname, "../../../models", name);
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      statSync(join(folder, path)).isFile(),
    );
    const found = await read(
      paths.map((path) => [`${name}/${path}`, Uint8Array.from(readFileSync(join(folder, path)))]),
    );
    const pictures = [...found.files.keys()].filter((path) => path.endsWith(".png"));
    expect(pictures.length > 0).toBe(name === "captions");
    expect(entryOfGiven(found, "p").title).toBe(found.card?.title);
  }
});

describe("what is missing or foreign is named", () => {
  const without = (file: string) =>
    [...inFolder(run.files, "m")].filter(([path]) => path !== `m/${file}`);
  test.each(["config.json", "model.safetensors", "source.tokenizer.json"])(
    "a folder without %s",
    async (file) => {
      expect(await faultOf(read(without(file)))).toEqual({ kind: "missing", file });
    },
  );
  test.each<[string, [string, string][], GivenFault]>([
    ["nothing", [], { kind: "empty" }],
    ["only what the system left", [["m/.DS_Store", ""]], { kind: "empty" }],
    ["texts", [["m/notes.txt", "x"]], { kind: "noModel" }],
    ["a pickle", [["model.pt", "x"]], { kind: "pickle", file: "model.pt" }],
    [
      "one in a folder",
      [["m/pytorch_model.bin", "x"]],
      { kind: "pickle", file: "m/pytorch_model.bin" },
    ],
    [
      "an archive in a folder",
      [["m/model.tar.gz", "x"]],
      { kind: "packed", file: "m/model.tar.gz" },
    ],
    ["a graph", [["m/model.onnx", "x"]], { kind: "foreign", file: "m/model.onnx" }],
    ["a run without a model", [["m/training/options.json", "{}"]], { kind: "early" }],
    [
      "a model of another program",
      [
        ["m/config.json", `{"model_type":"marian"}`],
        ["m/model.safetensors", ""],
      ],
      { kind: "foreign", file: "config.json" },
    ],
    [
      "several models",
      [
        ["a/config.json", "{}"],
        ["b/config.json", "{}"],
      ],
      { kind: "several", folders: ["a", "b"] },
    ],
  ])("%s", async (_, files, fault) => {
    expect(await faultOf(read(files.map(([path, content]) => [path, text(content)])))).toEqual(
      fault,
    );
  });

  test("weights that are too large are not read", async () => {
    const folder = given(run.files);
    const files = folder.files.map((file) =>
      file.path === "model.safetensors" ? { ...file, bytes: 3e9 } : file,
    );
    expect(await faultOf(readGivenModel({ ...folder, files }))).toMatchObject({ kind: "large" });
  });

  test("a damaged file, and one of another model", async () => {
    const damaged = new Map(run.files);
    const weights = damaged.get("model.safetensors") as Uint8Array<ArrayBuffer>;
    damaged.set(
      "model.safetensors",
      weights.map((byte, at) => (at === 5000 ? byte ^ 1 : byte)),
    );
    await expect(read(damaged)).rejects.toThrow(/^given\/model\.safetensors was altered/);
    const other = new Map(run.files);
    other.set("source.tokenizer.json", run.files.get("target.tokenizer.json") as never);
    const tokens = new TextDecoder()
      .decode(run.files.get("target.tokenizer.json"))
      .replace(`"a"`, `"z"`);
    other.set("target.tokenizer.json", text(tokens));
    await expect(read(other)).rejects.toThrow(/^given\/.*belongs? to/);
    const config = new Map(run.files);
    config.set("config.json", text("{"));
    await expect(read(config)).rejects.toThrow(/^given\/config\.json: it is not JSON/);
  });

  test("an archive of PyTorch is no model, and a file that is no archive is told", async () => {
    const torch = writeZip([["archive/data.pkl", text("x")]], new Date());
    expect(await faultOf(readGivenModel(givenArchive(torch, "model.pt")))).toEqual({
      kind: "pickle",
      file: "archive/data.pkl",
    });
    expect(() => givenArchive(text("not"), "m.zip")).toThrow(ZipError);
  });
});

describe("what can be trained from it", () => {
  test("a run goes on from its folder, to the same bits", async () => {
    const found = await read(inFolder(run.files, "letters"));
    expect(hasRun(found)).toBe(true);
    const beginning = await resumeGiven(found);
    if (beginning.kind !== "resume") throw new Error("It is no run.");
    expect(beginning.heldOut.length).toBe(heldOutLetters.length);
    const runtime = nodeRuntime({ threads: 1 });
    const [one, other] = [new MemoryTraining(run.files), new MemoryTraining(beginning.files)];
    for (const each of [one, other]) await each.resume({ steps: 20 }, runtime);
    expect(other.files.get("model.safetensors")).toEqual(one.files.get("model.safetensors"));
  });

  test("a model without its run does not, and one that reads features does not at all", async () => {
    const files = [...run.files].filter(([path]) => path !== "training/train.ids");
    const found = await read(files);
    expect(hasRun(found)).toBe(false);
    expect(await faultOf(resumeGiven(found))).toEqual({
      kind: "noRun",
      file: "training/train.ids",
    });
    const sizes = { ...found.model.sizes, sourceInput: "features" as const };
    const ofFeatures = { ...found, model: { ...found.model, sizes } };
    expect(hasRun(ofFeatures)).toBe(false);
    expect(await faultOf(resumeGiven(ofFeatures))).toEqual({ kind: "features" });
  });

  test("held-out pairs are those that the run kept as text", () => {
    const lines = letterPairs.slice(0, 2).map((pair) => `${JSON.stringify(pair)}\n`);
    const files = new Map([["training/dev.pairs.jsonl", text(`${lines.join("")}{"source":`)]]);
    expect(heldOutOf(files)).toEqual(letterPairs.slice(0, 2));
    expect(heldOutOf(new Map())).toEqual([]);
  });

  test("how much of some texts its vocabulary knows", async () => {
    const { source } = (await read(run.files)).model;
    expect(knownShare(source, ["abc", "hg"])).toBe(1);
    expect(knownShare(source, ["abxy"])).toBe(0.5);
    expect(knownShare(source, [])).toBe(1);
  });
});
