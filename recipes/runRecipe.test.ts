import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UserError } from "../src/tensor/errors.ts";
import type { Command, Recipe } from "./recipe.ts";
import { type RunOptions, runRecipe } from "./runRecipe.ts";
import { typed } from "./seq2seeCommands.ts";
import { writeTable } from "./tables.ts";
import { paths, writeText } from "./workFolder.ts";

let work: string;
let commands: Command[];
let labels: (string | undefined)[];
let log: string[];
let prepared: number;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "seq2see-recipe-"));
  [commands, log, prepared] = [[], [], 0];
});
afterEach(async () => {
  await rm(work, { recursive: true });
});

const recipe: Recipe = {
  name: "echo",
  summary: "words to themselves",
  minutes: 3,
  origin: ({ corpora = "nowhere" }) => `words of ${corpora}`,
  async prepare(options) {
    prepared++;
    await writeTable(options.work, "train", [["a", "a"]]);
    return ["train: 1 word"];
  },
  training: (options) => ["--data", paths.table(options.work, "train"), "--steps", "9"],
  evaluations: () => [["evaluate", "--data", "dev.tsv"]],
  measure: async () => ["all right"],
};

/** Runs the recipe; each command ends with `status`, and a training leaves a checkpoint. */
async function run(
  options: Partial<RunOptions> = {},
  status = 0,
  changes: Partial<Recipe> = {},
): Promise<number> {
  commands = [];
  labels = [];
  const runner = {
    async run(command: Command, label?: string) {
      commands.push(command);
      labels.push(label);
      if (command[0] === "train") {
        const model = command[command.indexOf("--out") + 1] as string;
        await writeText(join(model, "training/checkpoint.safetensors"), "…");
      }
      return status;
    },
    capture: async () => ({ status, output: "" }),
  };
  return runRecipe({ ...recipe, ...changes }, { work, ...options }, runner, (line) =>
    log.push(line),
  );
}

const begun = (): Command => [
  "train",
  "--data",
  join(work, "data/train.tsv"),
  "--steps",
  "9",
  "--out",
  join(work, "model"),
  "--minutes",
];

describe("a recipe", () => {
  test("prepares, trains, evaluates and measures", async () => {
    expect(await run()).toBe(0);
    expect(commands).toEqual([
      [...begun(), "3"],
      ["evaluate", "--model", join(work, "model"), "--data", "dev.tsv"],
    ]);
    expect(log).toContain("  train: 1 word");
    expect(log.at(-1)).toBe("all right");
  });
  test("that is run again neither prepares nor trains again, but measures", async () => {
    await run();
    expect(await run()).toBe(0);
    expect(prepared).toBe(1);
    expect(commands.map(([name]) => name)).toEqual(["evaluate"]);
    expect(log.filter((line) => line === "  train: 1 word")).toHaveLength(2);
  });
  test("goes on where it was stopped, with all its limits, and says so", async () => {
    expect(await run({}, 130)).toBe(130);
    expect(log.at(-1)).toContain("to resume");
    expect(commands).toHaveLength(1);
    expect(await run()).toBe(0);
    expect(commands[0]).toEqual([
      "train",
      "--out",
      join(work, "model"),
      "--resume",
      "--minutes",
      "3",
      "--steps",
      "9",
    ]);
  });
  test("begins with the threads that it is given, which the run then keeps", async () => {
    await run({ threads: 1 }, 130);
    const model = join(work, "model");
    expect(commands[0]?.slice(-6)).toEqual(["--threads", "1", "--out", model, "--minutes", "3"]);
    await run({ threads: 1 });
    expect(commands[0]).not.toContain("--threads");
  });
  test("goes on when it is given more minutes", async () => {
    await run({ minutes: 2 });
    expect(await run({ minutes: 2 })).toBe(0);
    expect(commands.map(([name]) => name)).toEqual(["evaluate"]);
    await run({ minutes: 5 });
    expect(commands[0]).toContain("--resume");
  });
  test("only prepares when it is told so, and shows the command that would train", async () => {
    expect(await run({ prepareOnly: true })).toBe(0);
    expect([prepared, commands]).toEqual([1, []]);
    expect(log.at(-1)).toBe(`Train with: ${typed([...begun(), "3"]).replace("$ ", "")}`);
  });
  test("that fails ends with the status of its command", async () => {
    expect(await run({}, 1)).toBe(1);
    expect(commands).toHaveLength(1);
  });
  test("of several models trains them at once, each from a seed of its own, and asks all of them", async () => {
    const [first, second] = [join(work, "model-1"), join(work, "model-2")];
    const measure: Recipe["measure"] = async (_options, _runner, models) => [models.join(" ")];
    const members = { members: 2, measure };
    expect(await run({}, 130, members)).toBe(130);
    const train = ["train", "--data", join(work, "data/train.tsv"), "--steps", "9"];
    expect(commands).toEqual([
      [...train, "--seed", "1", "--threads", "1", "--out", first, "--minutes", "3"],
      [...train, "--seed", "2", "--threads", "1", "--out", second, "--minutes", "3"],
    ]);
    expect(labels).toEqual(["model 1: ", "model 2: "]);
    await rm(second, { recursive: true });
    expect(await run({}, 0, members)).toBe(0);
    expect(commands).toEqual([
      ["train", "--out", first, "--resume", "--minutes", "3", "--steps", "9"],
      [...train, "--seed", "2", "--threads", "1", "--out", second, "--minutes", "3"],
      ["evaluate", "--model", first, "--model", second, "--data", "dev.tsv"],
    ]);
    expect(log.at(-1)).toBe(`--model ${first} --model ${second}`);
  });
  test("does not mix data of two origins in a folder", async () => {
    await run();
    await expect(run({ corpora: "here" })).rejects.toThrow(
      `--work ${work}: the folder holds data from words of nowhere, not from words of here; choose another folder.`,
    );
  });
  test("is told where it can make no folder", async () => {
    await writeText(join(work, "file"), "");
    await expect(run({ work: join(work, "file/below") })).rejects.toThrow(
      /^--work .*below: the folder/,
    );
  });
  test("that says itself when its training ends gets no minutes, and is not trained again", async () => {
    const changes = { minutes: null };
    expect(await run({}, 130, changes)).toBe(130);
    expect(commands).toEqual([begun().slice(0, -1)]);
    expect(await run({}, 0, changes)).toBe(0);
    expect(commands[0]).toEqual([
      "train",
      "--out",
      join(work, "model"),
      "--resume",
      "--steps",
      "9",
    ]);
    await run({}, 0, changes);
    expect(commands.map(([name]) => name)).toEqual(["evaluate"]);
    expect(log).toContain(`The model in ${join(work, "model")} is trained.`);
  });

  test("makes what is shipped before it evaluates, and ends where that fails", async () => {
    const finish: Recipe["finish"] = (_, runner) => runner.run(["export"]);
    expect(await run({ minutes: 3 }, 0, { finish })).toBe(0);
    expect(commands.map(([name]) => name)).toEqual(["train", "export", "evaluate"]);
    expect(await run({ minutes: 3 }, 2, { finish })).toBe(2);
    expect(commands.map(([name]) => name)).toEqual(["export"]);
  });

  test("names a damaged note of its own", async () => {
    await writeText(paths.prepared(work), "{");
    await expect(run()).rejects.toThrow(UserError);
  });
});

test("commands are shown as they can be typed", () => {
  expect(typed(["translate", "--prefix", "it's a", "--input", "a-b/c.tsv"])).toBe(
    "$ npx seq2see translate --prefix 'it'\\''s a' --input a-b/c.tsv",
  );
});
