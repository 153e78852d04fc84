/** What a run needs to go on: its folder, whole and undamaged, and nothing else. */
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { npyOf } from "../../../test/support/featureFiles.ts";
import { readTensors, writeTensors } from "../../../test/support/tensorFiles.ts";
import { UserError } from "../../tensor/errors.ts";
import type { TrainOptions } from "../plan/options.ts";
import { runPath } from "./runFolder.ts";
import { train } from "./train.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-run-folder-"));
const at = (...names: string[]): string => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = "abcdefgh";
const words = Array.from({ length: 60 }, (_, index) =>
  Array.from({ length: 2 + (index % 3) }, (_, at) => letters[(index * (at + 3)) % 8]),
);
const table = (path: string) => ({ kind: "table", path, columns: ["1", "2"] }) as const;

/** Writes the files that a run is begun with, and yields its options. */
function sources(name: string): Omit<TrainOptions, "out"> {
  mkdirSync(at(name));
  const lines = words.map((each) => `${each.join(" ")}\t${each.toReversed().join(" ")}\n`);
  writeFileSync(at(name, "data.tsv"), lines.join(""));
  writeFileSync(at(name, "dev.tsv"), lines.slice(0, 20).join(""));
  writeFileSync(at(name, "watch.tsv"), lines.slice(3, 30).join(""));
  const links = words.map((each) => `${each.map((_, index) => `${index}-${index}`).join(" ")}\n`);
  writeFileSync(at(name, "links"), links.join(""));
  return {
    data: table(at(name, "data.tsv")),
    dev: table(at(name, "dev.tsv")),
    watch: table(at(name, "watch.tsv")),
    guidedAlignment: at(name, "links"),
    keepBest: "bleu",
    tokenizer: "word:30",
    model: { hidden: 8, embedding: 8 },
    batch: 16,
    learningRate: 0.001,
    schedule: "constant",
    steps: 4,
    evaluateEvery: 2,
    threads: 1,
    seed: 5,
    patience: 0,
  };
}

/** The same with files of features for sources. */
function featureSources(name: string): Omit<TrainOptions, "out"> {
  const { guidedAlignment: _, ...options } = sources(name);
  words.forEach((each, index) => {
    const rows = each.map((letter) => Array.from(letters, (other) => Number(other === letter)));
    writeFileSync(at(name, `${index}.npy`), npyOf(rows));
  });
  const lines = words.map((each, index) => `${index}.npy\t${each.join(" ")}\n`);
  writeFileSync(at(name, "data.tsv"), lines.join(""));
  // A blank pair counts nowhere.
  writeFileSync(at(name, "dev.tsv"), [...lines.slice(0, 20), "\t\n"].join(""));
  writeFileSync(at(name, "watch.tsv"), lines.slice(3, 30).join(""));
  return { ...options, model: { hidden: 8, embedding: 8, sourceInput: "features" } };
}

const files = (run: string): Buffer[] =>
  [at(run, "model.safetensors"), runPath(at(run), "metrics"), runPath(at(run), "watched")].map(
    (path) => Buffer.from(readFileSync(path, "utf8").replace(/"seconds":[\d.]+/g, "")),
  );

test.each([
  ["text", sources],
  ["features", featureSources],
])(
  "a run on %s goes on from its folder alone, wherever that is, to the same bits",
  async (kind, write) => {
    const options = write(`${kind}-files`);
    await train({ ...options, out: at(`${kind}-whole`), steps: 8 });
    await train({ ...options, out: at(`${kind}-begun`) });
    rmSync(at(`${kind}-files`), { recursive: true });
    renameSync(at(`${kind}-begun`), at(`${kind}-moved`));
    await train({ out: at(`${kind}-moved`), resume: true, steps: 8 });
    expect(files(`${kind}-moved`)).toEqual(files(`${kind}-whole`));
  },
);

test("a run does not care what becomes of the files that it was begun with", async () => {
  const options = sources("changing");
  await train({ ...options, out: at("before") });
  cpSync(at("before"), at("after"), { recursive: true });
  await train({ out: at("before"), resume: true, steps: 6 });
  for (const name of ["data.tsv", "dev.tsv", "watch.tsv", "links"]) {
    writeFileSync(at("changing", name), "something else\n");
  }
  await train({ out: at("after"), resume: true, steps: 6 });
  expect(files("after")).toEqual(files("before"));
});

describe("a run with a damaged folder", () => {
  beforeAll(() => train({ ...sources("damage-files"), out: at("sound") }));

  /** What going on says, after a change to a copy of a sound run. */
  async function afterDamage(change: (run: string) => void | Promise<void>): Promise<string> {
    rmSync(at("damaged"), { recursive: true, force: true });
    cpSync(at("sound"), at("damaged"), { recursive: true });
    await change(at("damaged"));
    const error = await train({ out: at("damaged"), resume: true, steps: 6 }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }

  const names = [
    "training/train.ids",
    "training/dev.ids",
    "training/train.links",
    "training/dev.pairs.jsonl",
    "training/watched.pairs.jsonl",
    "source.tokenizer.json",
    "target.tokenizer.json",
  ];
  const damages: [string, (path: string) => void, string][] = [
    ["altered", (path) => flip(path), "was altered after the run wrote it"],
    ["cut short", (path) => writeFileSync(path, readFileSync(path).subarray(0, -9)), "was cut"],
    ["emptied", (path) => writeFileSync(path, ""), "was cut short after the run wrote it"],
    ["grown", (path) => appendFileSync(path, "more"), "has grown after the run wrote it"],
    ["removed", (path) => rmSync(path), "is not there any more"],
  ];
  test.each(names.flatMap((name) => damages.map(([how]) => [name, how] as const)))(
    "names %s that was %s",
    async (name, how) => {
      const [, change, says] = damages.find(([each]) => each === how) as (typeof damages)[number];
      const message = await afterDamage((run) => change(join(run, name)));
      expect(message).toContain(`damaged/${name}: it ${says}`);
      expect(message).not.toContain("\n");
    },
  );

  test("names options.json that says something else", async () => {
    const message = await afterDamage((run) => {
      const path = runPath(run, "options");
      writeFileSync(path, readFileSync(path, "utf8").replace('"batch": 16', '"batch": 17'));
    });
    expect(message).toMatch(/options\.json: it was altered after the run wrote it/);
  });

  const state = '{"step":4,"epoch":1,"batch":0,"seconds":1,"logProbability":0,"tokens":0';
  test.each<[string, Record<string, string>, RegExp]>([
    ["no state", { files: "{}" }, /the state of the run is missing in it; put back a copy/],
    ["a state that is not JSON", { state: "{", files: "{}" }, /the state of the run is not JSON/],
    [
      "a state that is null",
      { state: "null", files: "{}" },
      /the state of the run is damaged, as it is not an object;/,
    ],
    [
      "half a state",
      { state: `${state}}`, files: "{}" },
      /the state of the run is damaged, as bestScore is missing;/,
    ],
    ["a state of wrong types", { state: '{"step":"4"}' }, /as step is not a number;/],
    ["a step that is none", { state: '{"step":-1.5}' }, /as step is not a whole number;/],
    ["a list of files that is none", { files: "[1]" }, /the list of the run's files/],
  ])("names a checkpoint with %s", async (_, metadata, says) => {
    const message = await afterDamage(async (run) => {
      const path = runPath(run, "checkpoint");
      const { tensors, metadata: before } = await readTensors(path);
      const { files: ___, state: __, ...rest } = Object.fromEntries(before);
      const kept = "state" in metadata || !("files" in metadata && metadata["files"] === "[1]");
      const all = kept ? { ...rest, ...metadata } : { ...Object.fromEntries(before), ...metadata };
      await writeTensors(path, tensors, new Map(Object.entries(all)));
    });
    expect(message).toMatch(says);
    expect(message).toContain("checkpoint.safetensors: ");
  });

  test("names a checkpoint that is missing", async () => {
    const message = await afterDamage((run) => rmSync(runPath(run, "checkpoint")));
    expect(message).toMatch(/there is no checkpoint to go on from; put back a copy of it/);
  });
});

describe("a run of an earlier version, without checksums and without its pairs", () => {
  /** Makes of a run what an earlier version would have left. */
  async function makeEarlier(run: string): Promise<void> {
    const path = runPath(run, "checkpoint");
    const { tensors, metadata } = await readTensors(path);
    const state = metadata.get("state") as string;
    await writeTensors(path, tensors, new Map([["state", state]]));
    rmSync(runPath(run, "devPairs"));
    rmSync(runPath(run, "watchedPairs"));
  }

  test("goes on with one line about it, and has both from then on", async () => {
    const options = sources("earlier-files");
    await train({ ...options, out: at("earlier-whole"), steps: 8 });
    await train({ ...options, out: at("earlier") });
    await makeEarlier(at("earlier"));
    const log: string[] = [];
    const hooks = { log: (line: string) => log.push(line) };
    await train({ out: at("earlier"), resume: true, steps: 6 }, hooks);
    expect(
      log.filter((line) => /an earlier version of seq2see started this run/.test(line)),
    ).toHaveLength(1);
    rmSync(at("earlier-files"), { recursive: true });
    await train({ out: at("earlier"), resume: true, steps: 8 }, hooks);
    expect(
      log.filter((line) => /an earlier version of seq2see started this run/.test(line)),
    ).toHaveLength(1);
    expect(files("earlier")[0]).toEqual(files("earlier-whole")[0]);
  });

  test("names the file that it needs, and how to go on, where that is not found", async () => {
    await train({ ...sources("lost-files"), out: at("lost") });
    await makeEarlier(at("lost"));
    rmSync(at("lost-files"), { recursive: true });
    await expect(train({ out: at("lost"), resume: true, steps: 6 })).rejects.toThrow(
      /lost-files\/dev\.tsv: there is no such file.*earlier version of seq2see started the run in .* and did not store its dev set; continue from the folder in which you started it/,
    );
  });

  test.each([
    ["train", 80, /train\.ids: .*damaged/],
    ["dev", 76, /dev\.ids: .*damaged/],
    ["links", 0, /train\.links: .*damaged/],
  ] as const)("finds ids in %s that no vocabulary has", async (file, offset, says) => {
    const name = `wild-${file}`;
    await train({ ...sources(`${name}-files`), out: at(name) });
    await makeEarlier(at(name));
    const path = runPath(at(name), file);
    const bytes = readFileSync(path);
    // Somewhere among the ids, behind lengths that stay as they are.
    const place = file === "links" ? offset : bytes.length - 24 - (file === "train" ? 0 : 8);
    bytes.writeUInt16LE(60000, place - (place % 2));
    writeFileSync(path, bytes);
    await expect(train({ out: at(name), resume: true, steps: 6 })).rejects.toThrow(says);
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] as number) ^ 4;
  writeFileSync(path, bytes);
}
