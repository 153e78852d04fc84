/** The line to the worker: who gets which answer, and when a worker trains a second run. */
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { LabEvent, Reply, Request } from "../../lab/messages.ts";
import { openPort } from "./port.ts";
import type { Opening } from "./worker.ts";

/** A worker that answers when a test says so. */
class FakeWorker {
  static all: FakeWorker[] = [];
  readonly received: (Opening | Request)[] = [];
  isTerminated = false;
  onmessage: ((event: { data: Reply | LabEvent }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(message: Opening | Request): void {
    this.received.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(data: Reply | LabEvent): void {
    this.onmessage?.({ data });
  }

  /** The last request with a name. */
  asked(name: Request["name"]): Request {
    const found = this.received.findLast((each) => "name" in each && each.name === name);
    return found as Request;
  }

  answer(name: Request["name"], result: unknown = null): void {
    this.say({ kind: "reply", id: this.asked(name).id, result: result as never });
  }
}

vi.stubGlobal("Worker", FakeWorker);
vi.stubGlobal("document", { baseURI: "http://example/studio/index.html" });
afterAll(() => vi.unstubAllGlobals());

const failed: LabEvent = { kind: "failed", fault: { kind: "program", reason: "x" } };

beforeEach(() => {
  // Workers that other tests have left idle fail, so that none is used again.
  for (let port = openPort(); ; port = openPort()) {
    const worker = FakeWorker.all.at(-1) as FakeWorker;
    const isNew = worker.received.length === 1;
    for (const each of FakeWorker.all) each.onerror?.({ message: "" });
    port.close();
    if (isNew) break;
  }
  FakeWorker.all = [];
});

test("a worker is told where ONNX Runtime lies, and answers come to those who asked", async () => {
  const port = openPort();
  const [worker] = FakeWorker.all as [FakeWorker];
  expect(worker.received).toEqual([{ wasmFolder: "http://example/studio/onnxruntime/" }]);
  const [paused, gone] = [port.ask("pause", {}), port.ask("go", { speed: 2 })];
  worker.say({ kind: "fault", id: worker.asked("go").id, fault: { kind: "noRun" } });
  worker.answer("pause", { step: 7 });
  expect(await paused).toEqual({ step: 7 });
  await expect(gone).rejects.toThrow("There is no run; begin one.");
  const heard: LabEvent[] = [];
  port.onEvent = (event) => heard.push(event);
  worker.say({ kind: "steps", steps: [] });
  expect(heard).toEqual([{ kind: "steps", steps: [] }]);
});

test("a closed worker ends its run and takes the next one, which hears nothing of the former", async () => {
  const port = openPort();
  const [worker] = FakeWorker.all as [FakeWorker];
  const waiting = port.ask("step", {});
  port.close();
  port.close();
  await expect(waiting).rejects.toThrow("The run was closed.");
  await expect(port.ask("go", { speed: "full" })).rejects.toThrow("The run was closed.");
  const next = openPort();
  expect(FakeWorker.all).toHaveLength(1);
  const heard: LabEvent[] = [];
  next.onEvent = (event) => heard.push(event);
  const begun = next.ask("begin", { beginning: {} as never, watched: [] });
  worker.say({ kind: "steps", steps: [] });
  worker.say(failed);
  worker.answer("step");
  worker.answer("end");
  await Promise.resolve();
  worker.answer("begin", { step: 0 });
  expect(await begun).toEqual({ step: 0 });
  expect(heard).toEqual([]);
  worker.say({ kind: "steps", steps: [] });
  expect(heard).toHaveLength(1);
  port.onEvent = null;
  worker.say({ kind: "steps", steps: [] });
  expect(heard).toHaveLength(2);
});

test("two runs side by side have a worker each; no more than two wait for the next ones", () => {
  const ports = [openPort(), openPort(), openPort()];
  expect(FakeWorker.all).toHaveLength(3);
  for (const port of ports) port.close();
  expect(FakeWorker.all.map(({ isTerminated }) => isTerminated)).toEqual([false, false, true]);
  openPort();
  openPort();
  expect(FakeWorker.all).toHaveLength(3);
  openPort();
  expect(FakeWorker.all).toHaveLength(4);
});

test("a worker in which something has gone wrong is not used again", async () => {
  const port = openPort();
  const [worker] = FakeWorker.all as [FakeWorker];
  worker.say(failed);
  port.close();
  expect(worker.isTerminated).toBe(true);
  const other = openPort();
  const heard: LabEvent[] = [];
  other.onEvent = (event) => heard.push(event);
  const asked = other.ask("pause", {});
  FakeWorker.all[1]?.onerror?.({ message: "out of memory" });
  const message = "The worker that trains has stopped (out of memory); reload the page.";
  await expect(asked).rejects.toThrow(message);
  expect(heard).toEqual([{ kind: "failed", fault: { kind: "worker", reason: "out of memory" } }]);
});

test("a worker that fails while nobody uses it is not used again", () => {
  openPort().close();
  const [worker] = FakeWorker.all as [FakeWorker];
  worker.answer("end");
  worker.onerror?.({ message: "out of memory" });
  openPort();
  expect(FakeWorker.all).toHaveLength(2);
});
