import { afterEach, describe, expect, test, vi } from "vitest";
import { FakePort, figuresOf, lookOf } from "../../../../test/support/fakePort.ts";
import type { Beginning } from "../../../lab/messages.ts";
import { LabRun } from "./labRun.svelte.ts";

const beginning: Beginning = { kind: "new", options: {}, pairs: { train: [], heldOut: [] } };

async function begunRun(): Promise<{ port: FakePort; run: LabRun }> {
  const port = new FakePort();
  const run = new LabRun(port);
  await run.begin(beginning, ["abc"]);
  return { port, run };
}

describe("a run", () => {
  test("is paused when it has begun, before its first step", async () => {
    const port = new FakePort();
    const run = new LabRun(port);
    expect(run.status).toBe("idle");
    const begun = run.begin(beginning, ["abc"]);
    expect(run.status).toBe("loading");
    await begun;
    expect([run.status, run.step, run.begun?.parameterCount]).toEqual(["paused", 0, 100]);
    expect(port.asked).toEqual([{ name: "begin", given: { beginning, watched: ["abc"] } }]);
  });
  test("goes on and pauses, and knows how fast it is", async () => {
    const { port, run } = await begunRun();
    await run.go("full");
    expect(run.status).toBe("running");
    port.run(200, 0.5);
    expect([run.step, run.latest?.loss, run.look?.right]).toEqual([200, 3 / 200, 0.5]);
    expect(run.stepsPerSecond).toBeCloseTo(100);
    await run.pause();
    expect(run.status).toBe("paused");
  });
  test("takes one step alone, which is shown until it goes on", async () => {
    const { run } = await begunRun();
    await run.takeStep();
    expect([run.step, run.status]).toEqual([1, "paused"]);
    expect(run.shownStep?.figures).toEqual(figuresOf(1));
    await run.go(3);
    expect(run.shownStep).toBeNull();
  });
  test("takes steps that are asked for at once one after the other", async () => {
    const { port, run } = await begunRun();
    const steps = [run.takeStep(), run.takeStep(), run.takeStep()];
    expect(run.isStepping).toBe(true);
    expect(port.asked.filter(({ name }) => name === "step")).toHaveLength(1);
    await Promise.all(steps);
    expect([run.step, run.status, run.isStepping]).toEqual([3, "paused", false]);
    expect(run.shownStep?.figures).toEqual(figuresOf(3));
  });
  test("takes no step that waits once it goes on", async () => {
    const { port, run } = await begunRun();
    await Promise.all([run.takeStep(), run.takeStep(), run.go("full")]);
    expect(port.asked.filter(({ name }) => name === "step")).toHaveLength(1);
    expect([run.status, run.isStepping]).toEqual(["running", false]);
  });
  test("goes on where it was told so while a step was taken", async () => {
    const { run } = await begunRun();
    await Promise.all([run.takeStep(), run.go("full")]);
    expect([run.status, run.shownStep]).toEqual(["running", null]);
    await Promise.all([run.pause(), run.go("full")]);
    expect(run.status).toBe("running");
  });
  test("counts a step once that is told of twice", async () => {
    const { port, run } = await begunRun();
    await run.takeStep();
    port.say({ kind: "steps", steps: [figuresOf(1)] });
    expect(run.steps).toEqual([figuresOf(1)]);
  });
  test("holds no more steps than curves need", async () => {
    const { port, run } = await begunRun();
    for (let round = 0; round < 200; round++) port.run(100);
    expect(run.steps.length).toBeLessThanOrEqual(2049);
    expect(run.steps.at(-1)?.step).toBe(20_000);
    expect(run.looks.length).toBeLessThanOrEqual(64);
  });
});

describe("the look that is shown", () => {
  test("is the newest until an earlier one is asked for", async () => {
    const { port, run } = await begunRun();
    port.run(10);
    port.run(10);
    expect([run.at, run.look?.step, run.isFollowing]).toEqual([1, 20, true]);
    run.show(10);
    port.run(10);
    expect([run.look?.step, run.isFollowing]).toEqual([10, false]);
  });
  test("is the last one up to a step, and the newest is followed again from the end", async () => {
    const { port, run } = await begunRun();
    for (let round = 0; round < 3; round++) port.run(10);
    run.show(25);
    expect(run.look?.step).toBe(20);
    run.show(30);
    expect(run.isFollowing).toBe(true);
    port.run(10);
    expect(run.look?.step).toBe(40);
  });
  test("stays where it is when another source is watched", async () => {
    const { port, run } = await begunRun();
    for (let round = 0; round < 3; round++) port.run(10);
    run.show(10);
    await run.watch(["xyz"]);
    expect(run.look?.step).toBe(10);
    expect(run.look?.watched[0]?.source).toBe("xyz");
  });
  test("takes the place of an earlier one at its step", async () => {
    const { port, run } = await begunRun();
    port.run(10, 0.1);
    port.say({ kind: "look", look: lookOf(10, 0.2) });
    expect(run.looks.map(({ right }) => right)).toEqual([0.2]);
  });
});

describe("a run that fails", () => {
  test("says why, whether it was asked or not", async () => {
    const { port, run } = await begunRun();
    port.say({ kind: "failed", fault: { kind: "over", step: 9, hasStoppedImproving: false } });
    expect([run.status, run.fault?.en]).toEqual([
      "failed",
      "The run ended at step 9. Start another one from its model.",
    ]);
    const other = await begunRun();
    other.port.fault = "There is no memory.";
    await other.run.go("full");
    expect([other.run.status, other.run.fault?.en]).toEqual(["failed", "There is no memory."]);
  });
});

describe("in a page, what a run says", () => {
  const frames: FrameRequestCallback[] = [];
  const draw = (): void => {
    for (const frame of frames.splice(0)) frame(0);
  };
  async function drawnRun(): Promise<{ port: FakePort; run: LabRun }> {
    frames.length = 0;
    vi.stubGlobal("requestAnimationFrame", (work: FrameRequestCallback) => frames.push(work));
    return begunRun();
  }
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("is seen once for each frame, however often it speaks", async () => {
    const { port, run } = await drawnRun();
    await run.go("full");
    for (let round = 1; round <= 30; round++) port.run(10, round / 30);
    expect([run.step, run.looks.length, frames.length]).toEqual([0, 0, 1]);
    draw();
    expect([run.step, run.steps.length, run.look?.right]).toEqual([300, 300, 1]);
    port.run(10);
    await vi.waitFor(() => {
      draw();
      expect(run.step).toBe(310);
    });
  });
  test("is seen before the answer that came after it", async () => {
    const { port, run } = await drawnRun();
    await run.go("full");
    port.run(10);
    await run.pause();
    expect([run.status, run.step, run.look?.step]).toEqual(["paused", 10, 10]);
    port.run(2);
    await run.takeStep();
    expect(run.steps.map(({ step }) => step).slice(-3)).toEqual([11, 12, 13]);
  });
  test("is not seen once it is closed", async () => {
    const { port, run } = await drawnRun();
    port.run(10);
    run.close();
    draw();
    expect(run.step).toBe(0);
  });
});

test("a run that is closed ends its worker", async () => {
  const { port, run } = await begunRun();
  run.close();
  expect([port.isClosed, port.onEvent]).toEqual([true, null]);
});
