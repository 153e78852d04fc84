/** @file The worker in which a run of the lab trains, so that the page stays as fast as its screen. */

import "../withoutEval.ts";
import { LabEngine } from "../../lab/engine/labEngine.ts";
import type { LabError } from "../../lab/labFault.ts";
import type { LabEvent, Replies, Reply, Request, RequestName } from "../../lab/messages.ts";
import { warmUp } from "../../runtime/warmUp.ts";
import { webRuntime } from "../../runtime/web.ts";

/** What the page says first: the address of ONNX Runtime's files. */
export interface Opening {
  readonly wasmFolder: string;
}

const turns = new MessageChannel();
/** Those who wait for a turn, each for a message of its own. */
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();
/** Lets the page's messages come in. A timer would take four milliseconds, as long as a step. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    turns.port2.postMessage(null);
  });

let engine: LabEngine | null = null;

self.onmessage = ({ data }: MessageEvent<Opening | Request>): void => {
  if ("wasmFolder" in data) {
    // It loads while the page draws its pairs.
    engine = new LabEngine({ runtime: webRuntime(data).then(warmUp), turn });
    engine.onEvent = (event) => send(event);
  } else if (engine) {
    void answer(engine, data);
  }
};

async function answer(engine: LabEngine, { id, name, given }: Request): Promise<void> {
  try {
    const result = await engine.ask(name, given as never);
    send({ kind: "reply", id, result }, ownedBuffers(name, result));
  } catch (error) {
    send({ kind: "fault", id, fault: (error as LabError).fault });
  }
}

function send(message: Reply | LabEvent, transfer: ArrayBuffer[] = []): void {
  self.postMessage(message, { transfer });
}

/** The memory that an answer may take along: copies that were made for it. */
function ownedBuffers(name: RequestName, result: Replies[RequestName]): ArrayBuffer[] {
  if (name === "weights") {
    const { parameters } = result as Replies["weights"];
    return parameters.flatMap(({ values, gradient }) =>
      [values, gradient].flatMap((each) => (each ? [each.buffer] : [])),
    );
  }
  if (name === "model") {
    return [...(result as Replies["model"]).files.values()].map(({ buffer }) => buffer);
  }
  return [];
}
