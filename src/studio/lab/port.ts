/** @file The page's end of the line to the worker. */

import type { LabFault } from "../../lab/labFault.ts";
import { LabError } from "../../lab/labFault.ts";
import type {
  LabEvent,
  LabPort,
  Replies,
  Reply,
  RequestName,
  Requests,
} from "../../lab/messages.ts";
import { addressOf } from "../state/models.ts";
import type { Opening } from "./worker.ts";

/** Workers whose run has been closed. A new one takes most of a second until it can train. */
const idle: LabWorker[] = [];
/** The most of them that are kept: as many as there are runs side by side. */
const mostIdle = 2;

/** Opens the line to a worker in which runs are trained. */
export function openPort(): LabPort {
  let worker = idle.pop();
  while (worker?.hasFailed) {
    worker.terminate();
    worker = idle.pop();
  }
  return new WorkerPort(worker ?? new LabWorker());
}

/** The use of a worker by one run, or by several one after another. */
class WorkerPort implements LabPort {
  private readonly worker: LabWorker;
  private isOpen = true;

  constructor(worker: LabWorker) {
    this.worker = worker;
  }

  get onEvent(): LabPort["onEvent"] {
    return this.isOpen ? this.worker.onEvent : null;
  }

  set onEvent(listener: LabPort["onEvent"]) {
    if (this.isOpen) this.worker.onEvent = listener;
  }

  ask<Name extends RequestName>(name: Name, given: Requests[Name]): Promise<Replies[Name]> {
    return this.isOpen ? this.worker.ask(name, given) : Promise.reject(new LabError(closed));
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (idle.length < mostIdle && this.worker.empty()) idle.push(this.worker);
    else this.worker.terminate();
  }
}

const closed: LabFault = { kind: "closed" };

/** Somebody who waits for an answer. */
interface Waiting {
  resolve(result: never): void;
  reject(error: Error): void;
}

/** A worker, and who waits for its answers. */
class LabWorker {
  onEvent: LabPort["onEvent"] = null;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  /** Whether something has gone wrong in it, so that nothing more should be trained there. */
  hasFailed = false;
  /** Whether its former run is being ended, which may still have something to say. */
  private isEmptying = false;

  constructor() {
    this.worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const opening: Opening = { wasmFolder: addressOf("onnxruntime/") };
    this.worker.postMessage(opening);
    this.worker.onmessage = ({ data }: MessageEvent<Reply | LabEvent>) => this.take(data);
    this.worker.onerror = ({ message }) => this.fail(message);
    this.worker.onmessageerror = () => this.fail("");
  }

  ask<Name extends RequestName>(name: Name, given: Requests[Name]): Promise<Replies[Name]> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, name, given });
    });
  }

  /** Ends its run, so that another one may begin at once; false if it should not. */
  empty(): boolean {
    this.onEvent = null;
    this.rejectAll(closed);
    if (this.hasFailed) return false;
    this.isEmptying = true;
    this.ask("end", {}).then(
      () => {
        this.isEmptying = false;
      },
      () => {},
    );
    return true;
  }

  terminate(): void {
    this.onEvent = null;
    this.worker.terminate();
    this.rejectAll(closed);
  }

  private take(message: Reply | LabEvent): void {
    if (message.kind !== "reply" && message.kind !== "fault") {
      if (this.isEmptying) return;
      this.hasFailed ||= message.kind === "failed";
      this.onEvent?.(message);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === "reply") waiting?.resolve(message.result as never);
    else waiting?.reject(new LabError(message.fault));
  }

  /** The worker has failed as a whole: it could not be loaded, or has no memory left. */
  private fail(reason: string): void {
    this.hasFailed = true;
    const fault: LabFault = { kind: "worker", reason };
    this.rejectAll(fault);
    this.onEvent?.({ kind: "failed", fault });
  }

  private rejectAll(fault: LabFault): void {
    for (const { reject } of this.waiting.values()) reject(new LabError(fault));
    this.waiting.clear();
  }
}
