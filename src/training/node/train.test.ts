/** How runs end, and go on: small ones, of a few steps. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readModel } from "../../modelFolder/nodeModelFolder.ts";
import type { TrainOptions } from "../plan/options.ts";
import { RunLock } from "./runLock.ts";
import { train } from "./train.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-trainer-"));
const at = (...names: string[]): string => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = "abcdefgh";
const words = Array.from({ length: 60 }, (_, index) =>
  Array.from({ length: 2 + (index % 3) }, (_, at) => letters[(index * (at + 3)) % 8]),
);
const lines = words.map((each) => `${each.join(" ")}\t${each.toReversed().join(" ")}\n`);
writeFileSync(at("pairs.tsv"), lines.join(""));

const table = (path: string) => ({ kind: "table", path, columns: ["1", "2"] }) as const;
const options: Omit<TrainOptions, "out"> = {
  data: table(at("pairs.tsv")),
  dev: false,
  model: { hidden: 8, embedding: 8 },
  tokenizer: "word:30",
  batch: 16,
  learningRate: 0.001,
  schedule: "constant",
  steps: 6,
  evaluateEvery: 2,
  threads: 1,
  seed: 5,
};
const dev = table(at("pairs.tsv"));
/** Its perplexity decides which weights are kept. */
const measured = { dev, keepBest: "perplexity" } as const;
const weights = (run: string): Buffer => readFileSync(at(run, "model.safetensors"));
const metrics = (run: string): Record<string, unknown>[] =>
  readFileSync(at(run, "training", "metrics.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("a run folder belongs to one run", () => {
  test("while one trains there, another says so and changes nothing", async () => {
    const said: string[] = [];
    const onEvaluation = async (): Promise<void> => {
      for (const request of [
        { ...options, out: at("one") },
        { out: at("one"), resume: true, steps: 9 } as const,
      ]) {
        await train(request).catch((error: Error) => said.push(error.message));
      }
    };
    const others: Promise<void>[] = [];
    await train(
      { ...options, out: at("one"), steps: 2 },
      { onEvaluation: () => void others.push(onEvaluation()) },
    );
    await Promise.all(others);
    expect(said).toHaveLength(2);
    expect(said[1]).toMatch(/one": this process trains in this folder/);
    await expect(readModel(at("one"))).resolves.toMatchObject({ summary: { steps: 2 } });
    expect(existsSync(at("one", "training", "lock.json"))).toBe(false);
  });

  test("of two that begin at once one wins, and the other takes nothing of it away", async () => {
    const runs = await Promise.allSettled([
      train({ ...options, out: at("new", "deep"), steps: 2 }),
      train({ ...options, out: at("new", "deep"), steps: 2 }),
      // This one fails later, for its own reason.
      train({ ...options, out: at("new", "deep"), data: table(at("missing.tsv")) }),
    ]);
    expect(runs.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(readModel(at("new", "deep"))).resolves.toMatchObject({ summary: { steps: 2 } });
  });

  test("a run that cannot begin leaves nothing, not even folders", async () => {
    const run = train({ ...options, out: at("not", "begun"), data: table(at("missing.tsv")) });
    await expect(run).rejects.toThrow("missing.tsv: there is no such file");
    expect(existsSync(at("not"))).toBe(false);
  });

  test.runIf(existsSync("/proc/self/fd"))(
    "its files are closed when it ends, or fails",
    async () => {
      const open = (): string[] =>
        readdirSync("/proc/self/fd").flatMap((name) => {
          try {
            return [readlinkSync(`/proc/self/fd/${name}`)];
          } catch {
            // That of the list itself is closed by now.
            return [];
          }
        });
      await train({ ...options, out: at("closed"), steps: 2 });
      expect(open().filter((path) => path.startsWith(at("closed")))).toEqual([]);
      const failing = {
        onProgress: () => {
          throw new Error("enough");
        },
      };
      await expect(train({ ...options, out: at("failed"), steps: 2 }, failing)).rejects.toThrow(
        "enough",
      );
      expect(open().filter((path) => path.startsWith(at("failed")))).toEqual([]);
    },
  );

  test("what a killed run left half written is cleared by the one that goes on", async () => {
    await train({ ...options, out: at("halves"), steps: 2 });
    const before = readdirSync(at("halves"), { recursive: true });
    for (const name of [
      "model.safetensors.tmp-1-4711",
      "training/checkpoint.safetensors.tmp-1.7.0000beef-x",
      "training/train.ids.partial",
    ]) {
      writeFileSync(at("halves", name), "");
    }
    await train({ out: at("halves"), resume: true, steps: 3 });
    const after = readdirSync(at("halves"), { recursive: true });
    expect(after.sort()).toEqual([...before, "training/limits.json"].sort());
  });

  test.each([
    ["removed", (run: string) => rmSync(run, { recursive: true })],
    ["renamed", (run: string) => renameSync(run, `${run}-renamed`)],
    [
      "renamed and made anew",
      (run: string) => {
        renameSync(run, `${run}-2`);
        mkdirSync(run);
      },
    ],
  ])("a folder that is %s ends the run, which writes nothing more", async (how, change) => {
    const out = at(how);
    let isDone = false;
    const onProgress = ({ step }: { readonly step: number }): void => {
      if (step !== 3) return;
      change(out);
      isDone = true;
    };
    const run = train({ ...options, out }, { onProgress });
    await expect(run).rejects.toThrow(
      /was removed or renamed while the run went on; the run stops/,
    );
    expect(isDone).toBe(true);
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
  });

  test("a run that was renamed goes on from its last checkpoint where it is now", async () => {
    await train({ ...options, out: at("whole") });
    await train({ out: at("renamed-renamed"), resume: true });
    expect(weights("renamed-renamed").equals(weights("whole"))).toBe(true);
  });
});

describe("a run whose patience has ended", () => {
  const tired: Omit<TrainOptions, "out"> = {
    ...options,
    ...measured,
    schedule: "plateau",
    patience: 2,
    steps: 100,
    clip: 0,
  };
  /** Rises so far that the dev set likes nothing that comes after the beginning. */
  const wild = { learningRate: 30, schedule: "warmup:4" };

  test("stays ended when it is gone on with, whatever limits are given", async () => {
    const first = await train({ ...tired, ...wild, out: at("tired") });
    expect(first.reason).toBe("patience");
    const [model, history] = [weights("tired"), metrics("tired")];
    for (const limits of [{}, { steps: 200 }, { epochs: 50 }]) {
      const log: string[] = [];
      const again = await train(
        { out: at("tired"), resume: true, ...limits },
        { log: (line) => log.push(line) },
      );
      expect({ ...again, seconds: 0 }).toEqual({ ...first, seconds: 0 });
      expect(log.join("\n")).toMatch(/did not improve in 2 evaluations.*from .*tired/);
    }
    expect(weights("tired").equals(model)).toBe(true);
    expect(metrics("tired")).toEqual(history);
  });

  test("also if it was killed before it could say so", async () => {
    const end = new Error("killed");
    const evaluations: boolean[] = [];
    const run = train(
      { ...tired, ...wild, out: at("killed") },
      {
        // An evaluation is told when its checkpoint is written, and before the run ends.
        onEvaluation: ({ isBest }) => {
          evaluations.push(isBest);
          if (evaluations.slice(-2).every((each) => !each) && evaluations.length > 1) throw end;
        },
      },
    );
    await expect(run).rejects.toBe(end);
    const again = await train({ out: at("killed"), resume: true });
    expect(again.reason).toBe("patience");
    expect(again.steps).toBe(2 * evaluations.length);
    expect(weights("killed").equals(weights("tired"))).toBe(true);
  });
});

describe("numbers beyond all bounds", () => {
  const wild: Partial<TrainOptions> = { learningRate: 1e5, schedule: "constant" };

  test("a dev perplexity that is infinite stops the run, and nothing is said to be a model", async () => {
    const run = train({ ...options, ...wild, ...measured, out: at("infinite") });
    await expect(run).rejects.toThrow(
      /^The dev perplexity became Infinity at step 2; the checkpoint of an earlier step is kept in .*checkpoint\.safetensors\. Train again with a lower learning rate or clip\.$/,
    );
    expect(existsSync(at("infinite", "config.json"))).toBe(false);
    expect(readFileSync(at("infinite", "training", "metrics.jsonl"), "utf8")).toBe("");
    const log: string[] = [];
    const again = train({ out: at("infinite"), resume: true }, { log: (line) => log.push(line) });
    await expect(again).rejects.toThrow("The dev perplexity became Infinity at step 2");
    expect(log.join("\n")).toMatch(
      /The dev perplexity became Infinity at step 2 the last time\. The run goes on from step 0 /,
    );
  });

  test("the model and the checkpoint that were good before are kept", async () => {
    const rising = { learningRate: 2000, schedule: "t2t:3", evaluateEvery: 1 };
    const run = train({ ...options, ...rising, ...measured, out: at("kept"), steps: 10 });
    await expect(run).rejects.toThrow(
      /^The .* at step [234]; the checkpoint of an earlier step is kept in .* and the model of step [123] in .*kept\./,
    );
    const { summary } = await readModel(at("kept"));
    expect(metrics("kept").filter(({ isBest }) => isBest)).toMatchObject([
      { step: summary?.steps },
    ]);
    const log: string[] = [];
    const again = train({ out: at("kept"), resume: true }, { log: (line) => log.push(line) });
    await expect(again).rejects.toThrow("the checkpoint of an earlier step is kept");
    expect(log.join("\n")).toMatch(
      /Going on from step [123]\.\nThe .* the last time\. The run goes on /,
    );
  });
});

test("a signal ends the run with a checkpoint and gives the folder back", async () => {
  const controller = new AbortController();
  const result = await train(
    { ...options, out: at("stopped") },
    {
      signal: controller.signal,
      onProgress: ({ step }) => step === 3 && controller.abort(),
    },
  );
  expect(result).toMatchObject({ reason: "interrupted", steps: 3 });
  const lock = await RunLock.take(at("stopped"));
  lock.release();
  await train({ out: at("stopped"), resume: true });
  expect(weights("stopped").equals(weights("whole"))).toBe(true);
});

test("damaged lines of the metrics are left out, and a line says how many", async () => {
  await train({ ...options, out: at("damaged-metrics") });
  const path = at("damaged-metrics", "training", "metrics.jsonl");
  const whole = metrics("damaged-metrics");
  writeFileSync(path, `${readFileSync(path, "utf8")}{"step":\nnull\n`);
  const said: string[] = [];
  await train(
    { out: at("damaged-metrics"), resume: true, steps: 8 },
    { log: (line) => said.push(line) },
  );
  expect(said).toContain(`${path}: 2 of ${whole.length + 2} lines are damaged and are left out.`);
  expect(metrics("damaged-metrics").slice(0, whole.length)).toEqual(whole);
});

describe("evaluations by time", () => {
  const timed = { ...options, evaluateEvery: undefined, batch: 1, steps: 130 };
  /** A clock that counts so many seconds whenever it is read: once a step. */
  const clockOf = (seconds: number) => {
    let now = 0;
    return () => (now += 1000 * seconds);
  };
  const stepsOf = (run: string) => metrics(run).map(({ step }) => step);

  test("are the default, with one at the end", async () => {
    await train({ ...timed, ...measured, out: at("timed") }, { clock: clockOf(1) });
    expect(stepsOf("timed")).toEqual([60, 120, 130]);
    expect(metrics("timed").map(({ atStop = false }) => atStop)).toEqual([false, false, true]);
  });

  test("go on at the times of the run, not of the session", async () => {
    await train(
      { ...timed, ...measured, steps: 100, out: at("timed-begun") },
      { clock: clockOf(1) },
    );
    await train({ out: at("timed-begun"), resume: true, steps: 130 }, { clock: clockOf(1) });
    expect(stepsOf("timed-begun")).toEqual([60, 120, 130]);
    expect(weights("timed-begun").equals(weights("timed"))).toBe(true);
  });

  test("do not change what is learned without a dev set", async () => {
    await train({ ...timed, out: at("slow") }, { clock: clockOf(3) });
    await train({ ...timed, out: at("fast") }, { clock: clockOf(0.01) });
    expect(stepsOf("slow").length).toBeGreaterThan(3);
    expect(stepsOf("fast")).toEqual([130]);
    expect(weights("slow").equals(weights("fast"))).toBe(true);
  });

  test("do not end the patience within an epoch", async () => {
    const tired = { ...timed, ...{ learningRate: 30, schedule: "warmup:4" }, clip: 0, patience: 2 };
    const run = { ...tired, ...measured, steps: 1000, out: at("patient") };
    const result = await train(run, { clock: clockOf(20) });
    expect(result.reason).toBe("patience");
    const best = metrics("patient").findLast(({ isBest }) => isBest)?.["step"] as number;
    // Twice 60 batches, although evaluations are a few steps apart.
    expect(result.steps - best).toBeGreaterThanOrEqual(120);
    expect(stepsOf("patient").filter((step) => Number(step) > best).length).toBeGreaterThan(2);
  });
});
