import { expect, test } from "vitest";
import { ApiError } from "./apiError.ts";
import type { Work } from "./workQueue.ts";
import { WorkQueue } from "./workQueue.ts";

const limits = { waiting: 10, together: 6 };
const forever = new AbortController().signal;

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
    queue.add(["a", "b"], "one", work, forever),
    queue.add(["c"], "other", work, forever),
    queue.add(["d", "e", "f"], "one", work, forever),
    queue.add(["g", "h"], "one", work, forever),
    queue.add(["i"], null, work, forever),
    queue.add(["j"], null, work, forever),
  ]);
  expect(results).toEqual([["A", "B"], ["C"], ["D", "E", "F"], ["G", "H"], ["I"], ["J"]]);
  expect(calls).toEqual([["a", "b", "d", "e", "f"], ["c"], ["g", "h"], ["i"], ["j"]]);
});

test("jobs never overlap", async () => {
  const queue = new WorkQueue(limits);
  let running = 0;
  const work: Work<number> = async () => {
    running += 1;
    await new Promise((resolve) => setTimeout(resolve, 2));
    return [running--];
  };
  const jobs = Array.from({ length: 10 }, () => queue.add(["a"], null, work, forever));
  expect((await Promise.all(jobs)).flat()).toEqual(Array(10).fill(1));
});

test("a fault with one is not the others' fault", async () => {
  const queue = new WorkQueue(limits);
  const { work } = recorded();
  const results = await Promise.allSettled(
    ["a", "bad", "c"].map((text) => queue.add([text], "one", work, forever)),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await queue.add(["later"], "one", work, forever)).toEqual(["LATER"]);
});

test("more than may wait is refused, with a time to try again", async () => {
  const queue = new WorkQueue(limits);
  const { work } = recorded();
  const jobs = Array.from({ length: 12 }, () => queue.add(["a"], null, work, forever));
  const results = await Promise.allSettled(jobs);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  const { reason } = results[11] as PromiseRejectedResult;
  expect(reason).toBeInstanceOf(ApiError);
  expect(reason).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
  expect(await queue.add(["later"], null, work, forever)).toEqual(["LATER"]);
});

test("what nobody waits for any more is left out, or ended", async () => {
  const queue = new WorkQueue(limits);
  const { calls, work } = recorded();
  const [first, second] = [new AbortController(), new AbortController()];
  const jobs = [
    queue.add(["a"], null, work, first.signal),
    queue.add(["b"], null, work, second.signal),
    queue.add(["c"], null, work, forever),
  ];
  second.abort();
  const ended = queue.add(["d"], null, work, AbortSignal.abort());
  const results = Promise.allSettled([...jobs, ended]);
  await new Promise(setImmediate);
  first.abort();
  expect((await results).map(({ status }) => status)).toEqual([
    ...["rejected", "rejected", "fulfilled", "rejected"],
  ]);
  expect(calls).toEqual([["a"], ["c"]]);
});

test("closing ends all and takes nothing more", async () => {
  const queue = new WorkQueue(limits);
  const { calls, work } = recorded();
  const jobs = ["a", "b"].map((text) => queue.add([text], null, work, forever));
  const results = Promise.allSettled(jobs);
  await new Promise(setImmediate);
  await queue.close();
  expect((await results).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(calls).toEqual([["a"]]);
  await expect(queue.add(["c"], null, work, forever)).rejects.toMatchObject({ status: 503 });
});
