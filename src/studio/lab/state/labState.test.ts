import { describe, expect, test, vi } from "vitest";
import { FakePort } from "../../../../test/support/fakePort.ts";
import { readExperiment, writeExperiment } from "../../../lab/settingsAddress.ts";
import { LabState } from "./labState.svelte.ts";

const experimentOf = (address: string) =>
  readExperiment(Object.fromEntries(new URLSearchParams(address)));

async function opened(address: string): Promise<{ lab: LabState; ports: FakePort[] }> {
  const ports: FakePort[] = [];
  const lab = new LabState(() => {
    const port = new FakePort();
    ports.push(port);
    return port;
  });
  await lab.open(experimentOf(address));
  return { lab, ports };
}

const beginnings = (port: FakePort | undefined) =>
  port?.asked.flatMap(({ name, given }) =>
    name === "begin" && "beginning" in given && given.beginning.kind === "new"
      ? [given.beginning]
      : [],
  ) ?? [];

describe("an address", () => {
  test("makes a model that waits to be trained", async () => {
    const { lab, ports } = await opened("lab=reverse&hidden=32");
    expect(lab.status).toBe("paused");
    expect(ports.length).toBe(1);
    const [{ options, pairs } = { options: {}, pairs: null }] = beginnings(ports[0]);
    expect(options).toMatchObject({ model: { hidden: 32 } });
    expect(pairs?.train.length).toBeGreaterThan(1000);
  });
  test("starts the training if it says so, and holds that then", async () => {
    const { lab } = await opened("lab=reverse&run=1");
    expect(lab.status).toBe("running");
    expect(String(new URLSearchParams(writeExperiment(lab.experiment)))).toBe("lab=reverse&run=1");
  });
  test("of what is there already leaves it alone", async () => {
    const { lab, ports } = await opened("lab=copy&run=1");
    ports[0]?.run(10);
    await lab.open(experimentOf("lab=copy&run=1"));
    expect(ports.length).toBe(1);
    expect(lab.step).toBe(10);
  });
  test("of what waits to be trained starts it, and shows another text", async () => {
    const { lab, ports } = await opened("lab=copy");
    await lab.open(experimentOf("lab=copy&watch=abc&run=1"));
    expect([ports.length, lab.status, lab.source]).toEqual([1, "running", "abc"]);
  });
  test("of settings that were changed while a training runs leaves it alone", async () => {
    const { lab, ports } = await opened("lab=copy&run=1");
    ports[0]?.run(10);
    lab.set("hidden", 32);
    // The story is shown, and the lab again.
    await lab.open(experimentOf("lab=copy&hidden=32&run=1"));
    expect([lab.isStale, lab.step, ports.length]).toEqual([true, 10, 1]);
    await lab.open(experimentOf("lab=copy&run=1"));
    expect([lab.isStale, lab.step, ports.length]).toEqual([false, 10, 1]);
  });
  test("that drops an option without effect leaves the training alone", async () => {
    const { lab, ports } = await opened("lab=copy&attentionScope=local-p");
    lab.set("attention", "none");
    await lab.startAgain();
    const begun = ports.length;
    ports.at(-1)?.run(10);
    await lab.open(readExperiment(writeExperiment(lab.experiment)));
    expect([lab.isStale, lab.step, ports.length]).toEqual([false, 10, begun]);
  });
  test("of another experiment ends the one before", async () => {
    const { lab, ports } = await opened("lab=copy&run=1");
    await lab.open(experimentOf("lab=sort"));
    expect(ports.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(lab.status).toBe("paused");
  });
});

describe("settings that change", () => {
  test("make another model at once while it has not learned", async () => {
    vi.useFakeTimers();
    try {
      const { lab, ports } = await opened("lab=reverse");
      lab.set("hidden", 32);
      lab.set("cell", "lstm");
      await vi.advanceTimersByTimeAsync(1000);
      expect(ports.length).toBe(2);
      expect(beginnings(ports[1])[0]?.options).toMatchObject({
        model: { hidden: 32, cell: "lstm" },
      });
    } finally {
      vi.useRealTimers();
    }
  });
  test("leave a training alone until it is started again", async () => {
    const { lab, ports } = await opened("lab=reverse&run=1");
    ports[0]?.run(10);
    lab.set("hidden", 32);
    expect([lab.isStale, lab.status, ports.length]).toEqual([true, "running", 1]);
    await lab.startAgain();
    expect([lab.isStale, lab.status, lab.step, ports.length]).toEqual([false, "running", 0, 2]);
  });
});

describe("two runs", () => {
  test("have the same pairs and one thing that differs", async () => {
    const { lab, ports } = await opened("lab=reverse&versus=attention:none");
    const [one, other] = ports.map((port) => beginnings(port)[0]);
    expect(one?.pairs).toBe(other?.pairs);
    expect(one?.options).toMatchObject({ model: { attention: "general" } });
    expect(other?.options).toMatchObject({ model: { attention: "none" } });
    expect(lab.compared).toEqual({ key: "attention", value: "none", before: "general" });
  });
  test("go, pause and step together", async () => {
    const { lab, ports } = await opened("lab=reverse&versus=attention:none");
    const askedOf = (name: string) =>
      ports.map(({ asked }) => asked.filter((each) => each.name === name).length);
    await lab.toggle();
    expect([askedOf("go"), lab.status]).toEqual([[1, 1], "running"]);
    await lab.toggle();
    expect([askedOf("pause"), lab.status]).toEqual([[1, 1], "paused"]);
    await lab.takeStep();
    expect(askedOf("step")).toEqual([1, 1]);
  });
  test("are shown at one step, each as it last was there", async () => {
    const { lab, ports } = await opened("lab=reverse&versus=attention:none&run=1");
    ports[0]?.run(10);
    ports[0]?.run(10);
    ports[1]?.run(15);
    expect(lab.checkpoints).toEqual([10, 15, 20]);
    lab.show(1);
    expect(lab.runs.map(({ look }) => look?.step)).toEqual([10, 15]);
    lab.show(0);
    expect([lab.at, ...lab.runs.map(({ look }) => look?.step)]).toEqual([0, 10, 15]);
    lab.follow();
    expect(lab.runs.map(({ look }) => look?.step)).toEqual([20, 15]);
  });
  test("are no longer compared when the settings become the same", async () => {
    const { lab } = await opened("lab=reverse&versus=attention:none");
    lab.set("attention", "none");
    expect(lab.versus).toBeNull();
  });
});

test("a text of the reader's is watched in place of the example", async () => {
  const { lab, ports } = await opened("lab=reverse");
  expect(lab.source).toBe("reading");
  await lab.watch("abcdef");
  expect(ports[0]?.asked.at(-1)).toEqual({ name: "watch", given: { sources: ["abcdef"] } });
  expect(String(new URLSearchParams(writeExperiment(lab.experiment)))).toBe(
    "lab=reverse&watch=abcdef",
  );
  await lab.watch(null);
  expect(lab.source).toBe("reading");
});

test("a text that is chosen while a run is prepared is watched as soon as it is", async () => {
  const { lab, ports } = await opened("lab=reverse");
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const prepared = lab.prepare();
  const [port] = ports.slice(-1);
  if (port) port.held = held;
  await vi.waitFor(() => expect(port?.asked.map(({ name }) => name)).toEqual(["begin"]));
  const watched = lab.watch("abcdef");
  release();
  await Promise.all([prepared, watched]);
  expect(port?.asked.at(-1)).toEqual({ name: "watch", given: { sources: ["abcdef"] } });
});

test("a training is shown with its own text and answer after another task has been chosen", async () => {
  const { lab, ports } = await opened("lab=reverse&watch=abc&run=1");
  ports[0]?.run(10);
  expect([lab.source, lab.answer]).toEqual(["abc", "cba"]);
  lab.chooseTask("sort");
  expect([lab.isStale, lab.source, lab.answer]).toEqual([true, "reading", "gnidaer"]);
  await vi.waitFor(() =>
    expect(ports[0]?.asked.at(-1)).toEqual({ name: "watch", given: { sources: ["reading"] } }),
  );
  await lab.startAgain();
  expect([lab.source, lab.answer]).toEqual(["5209914", "0124599"]);
});

test.each(["go", "takeStep"] as const)("a run that has failed is begun anew by %s", async (way) => {
  const { lab, ports } = await opened("lab=reverse&run=1");
  ports[0]?.say({ kind: "failed", fault: { kind: "over", step: 9, hasStoppedImproving: false } });
  expect(lab.status).toBe("failed");
  await lab[way]();
  expect([ports.length, lab.error]).toEqual([2, ""]);
  expect(lab.status).not.toBe("failed");
});

test("one of two runs that fails does not stop the other", async () => {
  const { lab, ports } = await opened("lab=reverse&versus=attention:none&run=1");
  ports[0]?.say({ kind: "failed", fault: { kind: "over", step: 9, hasStoppedImproving: false } });
  expect([lab.status, lab.error !== ""]).toEqual(["running", true]);
  await lab.pause();
  expect([lab.status, lab.runs[0]?.status]).toEqual(["paused", "failed"]);
  await lab.go();
  expect([lab.status, ports.length]).toEqual(["running", 2]);
});

test("pairs that are read after another task was chosen leave its training alone", async () => {
  const { lab, ports } = await opened("lab=reverse&run=1");
  vi.useFakeTimers();
  try {
    lab.takePairs(null);
    await vi.advanceTimersByTimeAsync(1000);
    expect([ports.length, lab.status]).toEqual([1, "running"]);
  } finally {
    vi.useRealTimers();
  }
});

test("pairs of one's own are waited for", async () => {
  const { lab, ports } = await opened("lab=own&run=1");
  expect([lab.status, ports.length]).toEqual(["idle", 0]);
});

test.each(["toggle", "takeStep"] as const)(
  "a training is kept by %s while pairs of one's own are waited for",
  async (way) => {
    const { lab, ports } = await opened("lab=reverse&run=1");
    ports[0]?.run(10);
    await lab.pause();
    lab.chooseTask("own");
    expect([lab.isStale, lab.canBegin, lab.canGo]).toEqual([true, false, false]);
    await lab[way]();
    expect([lab.step, lab.status, ports[0]?.isClosed]).toEqual([10, "paused", false]);
  },
);
