import { expect, test } from "vitest";
import { ApiError } from "./apiError.ts";
import type { Work } from "./workQueue.ts";
import { WorkQueue } from "./workQueue.ts";

const limits = { waiting: 10, turn: 6 };
const forever = new AbortController().signal;

interface Adding {
  readonly key?: string | null;
  readonly signal?: AbortSignal;
  readonly client?: string;
  readonly cost?: number;
}

/** Hands a queue texts, each of them a sixth of a turn unless given, and resolves to what came of them. */
async function add<Result>(
  queue: WorkQueue,
  texts: readonly string[],
  work: Work<Result>,
  { key = null, signal = forever, client = "me", cost = 1 }: Adding = {},
): Promise<Result[]> {
  const results: Result[] = [];
  const costs = texts.map(() => cost);
  await queue.add<Result>({
    texts,
    costs,
    key,
    client,
    work,
    signal,
    take: (found) => results.push(...found),
  });
  return results;
}

/** Work that writes down what it was given, and fails at "bad". */
function recorded(): { calls: string[][]; work: Work<string> } {
  const calls: string[][] = [];
  const work: Work<string> = async (texts, signal) => {
    calls.push([...texts]);
    await new Promise(setImmediate);
    signal.throwIfAborted();
    if (texts.includes("bad")) throw new Error("a bad text");
    return texts.map((text) => text.toUpperCase());
  };
  return { calls, work };
}

test("what is alike is done together, up to a limit, and each gets its own", async () => {
  const queue = new WorkQueue(limits);
  const { calls, work } = recorded();
  const results = await Promise.all([
    add(queue, ["a", "b"], work, { key: "one" }),
    add(queue, ["c"], work, { key: "other" }),
    add(queue, ["d", "e", "f"], work, { key: "one" }),
    add(queue, ["g", "h"], work, { key: "one" }),
    add(queue, ["i"], work),
    add(queue, ["j"], work),
  ]);
  expect(results).toEqual([["A", "B"], ["C"], ["D", "E", "F"], ["G", "H"], ["I"], ["J"]]);
  expect(calls).toEqual([["a", "b", "d", "e", "f", "g"], ["c"], ["i"], ["j"], ["h"]]);
});

test("a long job is done in portions, and gives way to others after each", async () => {
  const queue = new WorkQueue(limits);
  const { calls, work } = recorded();
  const places: number[] = [];
  const long = add(queue, [..."abcdefgh"], async (texts, signal, first) => {
    places.push(first);
    return work(texts, signal, first);
  });
  const short = add(queue, ["x"], work);
  expect(await short).toEqual(["X"]);
  expect(await long).toEqual([..."ABCDEFGH"]);
  expect(calls).toEqual([[..."abcdef"], ["x"], ["g", "h"]]);
  expect(places).toEqual([0, 6]);
});

test("a text that is more than a turn has a turn of its own", async () => {
  const queue = new WorkQueue(limits);
  const { calls, work } = recorded();
  await Promise.all([
    add(queue, ["a", "b"], work, { key: "one", cost: 7 }),
    add(queue, ["c"], work, { key: "one" }),
  ]);
  expect(calls).toEqual([["a"], ["c"], ["b"]]);
});

test("clients take turns, however much one of them asks for", async () => {
  const queue = new WorkQueue(limits);
  const { calls, work } = recorded();
  const eager = ["a", "b", "c"].map((text) => add(queue, [text], work, { client: "eager" }));
  const modest = add(queue, ["x"], work, { client: "modest" });
  await Promise.all([...eager, modest]);
  expect(calls).toEqual([["a"], ["x"], ["b"], ["c"]]);
});

test("who cannot take the results gets the reason, and nothing more is done of it", async () => {
  const queue = new WorkQueue(limits);
  const { calls, work } = recorded();
  const full = queue.add<string>({
    texts: [..."abcdefgh"],
    costs: Array(8).fill(1),
    key: null,
    client: "me",
    work,
    signal: forever,
    take: () => {
      throw new ApiError(413, "Too much.");
    },
  });
  await expect(full).rejects.toThrow("Too much.");
  expect(await add(queue, ["x"], work)).toEqual(["X"]);
  expect(calls).toEqual([[..."abcdef"], ["x"]]);
});

test("jobs never overlap", async () => {
  const queue = new WorkQueue(limits);
  let running = 0;
  const work: Work<number> = async () => {
    running += 1;
    await new Promise((resolve) => setTimeout(resolve, 2));
    return [running--];
  };
  const jobs = Array.from({ length: 10 }, () => add(queue, ["a"], work));
  expect((await Promise.all(jobs)).flat()).toEqual(Array(10).fill(1));
});

test("a fault with one is not the others' fault", async () => {
  const queue = new WorkQueue(limits);
  const { work } = recorded();
  const results = await Promise.allSettled(
    ["a", "bad", "c"].map((text) => add(queue, [text], work, { key: "one" })),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await add(queue, ["later"], work, { key: "one" })).toEqual(["LATER"]);
});

test("more than may wait is refused, with a time to try again", async () => {
  const queue = new WorkQueue(limits);
  const { work } = recorded();
  const jobs = Array.from({ length: 12 }, () => add(queue, ["a"], work));
  const results = await Promise.allSettled(jobs);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  const { reason } = results[11] as PromiseRejectedResult;
  expect(reason).toBeInstanceOf(ApiError);
  expect(reason).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
  expect(await add(queue, ["later"], work)).toEqual(["LATER"]);
});

test("what nobody waits for any more is left out, or ended", async () => {
  const queue = new WorkQueue(limits);
  const { calls, work } = recorded();
  const [first, second] = [new AbortController(), new AbortController()];
  const jobs = [
    add(queue, ["a"], work, { signal: first.signal }),
    add(queue, ["b"], work, { signal: second.signal }),
    add(queue, ["c"], work),
  ];
  second.abort();
  const ended = add(queue, ["d"], work, { signal: AbortSignal.abort() });
  const results = Promise.allSettled([...jobs, ended]);
  await new Promise(setImmediate);
  first.abort();
  expect((await results).map(({ status }) => status)).toEqual([
    "rejected",
    "rejected",
    "fulfilled",
    "rejected",
  ]);
  expect(calls).toEqual([["a"], ["c"]]);
});

test("closing ends all and takes nothing more", async () => {
  const queue = new WorkQueue(limits);
  const { calls, work } = recorded();
  const jobs = ["a", "b"].map((text) => add(queue, [text], work));
  const results = Promise.allSettled(jobs);
  await new Promise(setImmediate);
  await queue.close();
  expect((await results).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(calls).toEqual([["a"]]);
  await expect(add(queue, ["c"], work)).rejects.toMatchObject({ status: 503 });
});
