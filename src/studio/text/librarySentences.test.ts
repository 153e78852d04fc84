/** Everything that can be wrong with a model that readers hand over, and with a run of the lab, is said in Chinese. */
import { beforeAll, expect, test } from "vitest";
import { listenedEngine } from "../../../test/support/labRuns.ts";
import { trainLetters } from "../../../test/support/lettersRun.ts";
import { type Given, readGivenModel } from "../../lab/exchange/givenModel.ts";
import { resumeGiven } from "../../lab/exchange/givenRun.ts";
import { LabError, type LabFault } from "../../lab/labFault.ts";
import { faultWords } from "./faults.ts";

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

let files: Files;
beforeAll(async () => {
  ({ files } = await trainLetters());
}, 120_000);

function given(all: Files): Given {
  const read = (bytes: Uint8Array<ArrayBuffer>) => async () => bytes.slice();
  return {
    name: "letters",
    files: Array.from(all, ([path, bytes]) => ({ path, bytes: bytes.length, read: read(bytes) })),
  };
}

/** What the page says in Chinese of what is wrong with a folder; null if it is taken, and goes on. */
async function saidOf(all: Files, isRun: boolean): Promise<string | null> {
  try {
    const model = await readGivenModel(given(all));
    if (!isRun) return null;
    const { engine } = listenedEngine();
    await engine.ask("begin", { beginning: await resumeGiven(model), watched: [] });
    await engine.ask("end", {});
    return null;
  } catch (error) {
    return faultWords(error).zh;
  }
}

const unknown = /程序的原文/;

/** Files that are damaged in the ways in which files are, and JSON in which each part is another. */
function damagesOf(bytes: Uint8Array<ArrayBuffer>, path: string): Uint8Array<ArrayBuffer>[] {
  const encode = (text: string) => new TextEncoder().encode(text);
  const cut = [0, 4, 200, bytes.length - 1].map((length) => bytes.slice(0, length));
  const flipped = [9, 5000].map((at) =>
    bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)),
  );
  const others = [
    new Uint8Array([...bytes, 0]),
    encode("<!DOCTYPE html><html></html>"),
    encode("version https://git-lfs.github.com/spec/v1\n"),
    encode("{}"),
    encode("[1]"),
  ];
  if (!path.endsWith(".json")) return [...cut, ...flipped, ...others];
  const whole = JSON.parse(new TextDecoder().decode(bytes)) as object;
  return [...cut, ...others, ...variantsOf(whole).map((each) => encode(JSON.stringify(each)))];
}

/** A value with each of its parts left out, or another. */
function variantsOf(value: object, depth = 2): object[] {
  return Object.entries(value).flatMap(([key, part]) => {
    const { [key]: _, ...others } = value as Record<string, unknown>;
    const deeper =
      depth > 1 && typeof part === "object" && part !== null && !Array.isArray(part)
        ? variantsOf(part as object, depth - 1).map((each) => ({ ...others, [key]: each }))
        : [];
    return [others, ...[7, "x", null].map((other) => ({ ...others, [key]: other })), ...deeper];
  });
}

test.each(["config.json", "model.safetensors", "source.tokenizer.json", "target.tokenizer.json"])(
  "a model whose %s is damaged",
  async (path) => {
    const untold = new Set<string>();
    let told = 0;
    for (const bytes of damagesOf(files.get(path) as Uint8Array<ArrayBuffer>, path)) {
      const said = await saidOf(new Map([...files, [path, bytes]]), false);
      if (said !== null) told++;
      if (said !== null && unknown.test(said)) untold.add(said);
    }
    expect([...untold]).toEqual([]);
    expect(told).toBeGreaterThan(8);
  },
);

test.each(["checkpoint.safetensors", "options.json", "train.ids", "dev.pairs.jsonl"])(
  "a run whose training/%s is damaged",
  async (name) => {
    const path = `training/${name}`;
    const bytes = files.get(path) as Uint8Array<ArrayBuffer>;
    const damaged = [bytes.slice(0, 4), bytes.slice(0, -1), new Uint8Array([...bytes, 10])];
    for (const each of damaged) {
      const said = await saidOf(new Map([...files, [path, each]]), true);
      if (said !== null) expect(said).not.toMatch(unknown);
    }
    const without = new Map([...files].filter(([file]) => file !== path));
    expect((await saidOf(without, true)) ?? "").not.toMatch(unknown);
  },
);

test.each<LabFault>([
  { kind: "ended" },
  { kind: "closed" },
  { kind: "noRun" },
  { kind: "noCheckpoint" },
  { kind: "over", step: 30, hasStoppedImproving: true },
  { kind: "over", step: 30, hasStoppedImproving: false },
  { kind: "diverged", what: "The loss became NaN", step: 3 },
  { kind: "diverged", what: "The train perplexity became Infinity", step: 3 },
  { kind: "diverged", what: "The dev perplexity became Infinity", step: 3 },
  { kind: "diverged", what: "A weight became infinite or NaN", step: 3 },
  { kind: "diverged", what: "A log-probability became NaN", step: 3 },
  { kind: "worker", reason: "" },
  { kind: "worker", reason: "out of memory" },
  { kind: "program", reason: "x is undefined" },
  { kind: "library", sentence: "The run has no model yet; train a step first." },
  {
    kind: "options",
    faults: [{ key: "batch", value: 0, remedy: "give a whole number from 1 to 1,024" }],
  },
])("a run's fault $kind", (fault) => {
  const { en, zh } = faultWords(new LabError(fault));
  expect(en).toMatch(/^[A-Za-z].*\.$/);
  expect(zh).toMatch(/。$/);
  expect(zh).not.toMatch(unknown);
  expect(zh).not.toMatch(/became|\bthe\b/);
});

test("a file that is no JSON is not taken for one with a wrong setting", () => {
  const sentence =
    "m/config.json: it is not JSON in UTF-8; restore the file or train the model again.";
  expect(faultWords(new LabError({ kind: "library", sentence })).zh).toBe(
    "m/config.json：不是 UTF-8 编码的 JSON；请恢复这个文件，或重新训练模型。",
  );
});

test("options are named, with what is wrong and what to do", () => {
  const fault = {
    key: "hidden",
    value: 16,
    problem: "the model to start from fixes it (8)",
    remedy: "leave it out, or train without {from}",
  };
  expect(faultWords(new LabError({ kind: "options", faults: [fault] })).zh).toBe(
    "hidden = 16：它由作为起点的模型决定（8）；请去掉它，或者不从别的模型开始训练。",
  );
});
