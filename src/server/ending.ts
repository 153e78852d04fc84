/** @file How a server stops: it answers the requests it has accepted, and accepts no more. */

import { finished } from "node:stream";
import { setTimeout as after } from "node:timers/promises";
import type { FastifyInstance, FastifyReply } from "fastify";
import { ApiError } from "./apiError.ts";
import { sendFault } from "./faults.ts";

/** The answer to requests while the server stops. */
export function endingFault(): ApiError {
  return new ApiError(503, "The server is being stopped; try again in a few seconds.", {
    "retry-after": "5",
    connection: "close",
  });
}

/**
 * Requests that were on their way when the server was asked to stop are still accepted, until none has arrived
 * for this many ms, at most this many times.
 */
const quietTime = 100;
const quietTimes = 10;

/** The maximum time for sending the last answers, in ms. */
const departure = 1000;

/**
 * Makes `close` of a server wait for the answers to accepted requests. Meanwhile, new requests are
 * refused with 503. Requests without an answer in time also get 503.
 *
 * @param exitTimeout the maximum time to wait for answers, in seconds; 0 for none.
 */
export function answerBeforeEnd(app: FastifyInstance, exitTimeout: number): void {
  const open = new Set<FastifyReply>();
  let isEnding = false;
  let arrivals = 0;
  app.server.on("connection", () => {
    arrivals += 1;
  });
  let onIdle: (() => void) | null = null;
  app.addHook("onRequest", async (_, reply) => {
    if (isEnding) throw endingFault();
    arrivals += 1;
    open.add(reply);
    finished(reply.raw, () => {
      open.delete(reply);
      if (open.size === 0) onIdle?.();
    });
  });
  app.addHook("onSend", async (_, reply) => {
    if (isEnding) reply.header("connection", "close");
  });
  const idle = (time: number): Promise<void> => {
    if (open.size === 0) return Promise.resolve();
    const controller = new AbortController();
    return new Promise((resolve) => {
      onIdle = () => controller.abort();
      after(time, undefined, { signal: controller.signal }).then(resolve, () => resolve());
    });
  };
  app.addHook("preClose", async () => {
    if (!app.server.listening) return;
    // Connections that the system has accepted but this program has not would be reset.
    for (let time = 0, seen = -1; time < quietTimes && arrivals !== seen; time++) {
      seen = arrivals;
      await after(quietTime);
      // By then, everything that arrived has been processed.
      await new Promise(setImmediate);
    }
    isEnding = true;
    // If a name has several addresses, closing the first one's server cuts off clients of the others.
    if (app.addresses().length === 1) app.server.close();
    await idle(exitTimeout * 1000);
    for (const reply of open) if (!reply.sent) sendFault(reply, endingFault());
    await idle(departure);
  });
}
