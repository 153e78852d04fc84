/** @file The page's end of the line to the worker. */

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

/** Starts a worker in which runs are trained. */
export function openPort(): LabPort {
  return new WorkerPort(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
}

/** Somebody who waits for an answer. */
interface Waiting {
  resolve(result: never): void;
  reject(error: Error): void;
}

class WorkerPort implements LabPort {
  onEvent: LabPort["onEvent"] = null;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(worker: Worker) {
    this.worker = worker;
    const opening: Opening = { wasmFolder: addressOf("onnxruntime/") };
    worker.postMessage(opening);
    worker.onmessage = ({ data }: MessageEvent<Reply | LabEvent>) => this.take(data);
    worker.onerror = ({ message }) => this.fail(message);
    worker.onmessageerror = () => this.fail("");
  }

  ask<Name extends RequestName>(name: Name, given: Requests[Name]): Promise<Replies[Name]> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, name, given });
    });
  }

  close(): void {
    this.onEvent = null;
    this.worker.terminate();
    this.rejectAll("The worker was closed.");
  }

  private take(message: Reply | LabEvent): void {
    if (message.kind !== "reply" && message.kind !== "fault") {
      this.onEvent?.(message);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === "reply") waiting?.resolve(message.result as never);
    else waiting?.reject(new Error(message.message));
  }

  /** The worker has failed as a whole: it could not be loaded, or has no memory left. */
  private fail(reason: string): void {
    const because = reason === "" ? "" : ` (${reason})`;
    const message = `The worker that trains has stopped${because}; reload the page.`;
    this.rejectAll(message);
    this.onEvent?.({ kind: "failed", message });
  }

  private rejectAll(message: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(message));
    this.waiting.clear();
  }
}
