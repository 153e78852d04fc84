/** @file How a server ends: it answers what it has accepted, and accepts nothing more. */

import { finished } from "node:stream";
import { setTimeout as after } from "node:timers/promises";
import type { FastifyInstance, FastifyReply } from "fastify";
import { ApiError } from "./apiError.ts";
import { sendFault } from "./faults.ts";

/** What clients are told while the server ends. */
export function endingFault(): ApiError {
  return new ApiError(503, "The server is being stopped; try again in a few seconds.", {
    "retry-after": "5",
    connection: "close",
  });
}

/**
 * Requests that were on their way when the server was told to end are still accepted: until none has come
 * for so many ms, and for so many such times.
 */
const quietTime = 100;
const quietTimes = 10;

/** How long the last answers may be on their way, in ms. */
const departure = 1000;

/**
 * Makes `close` of a server wait for the answers to what it has accepted. Meanwhile new requests are
 * refused with 503. What is not answered in time gets 503, too.
 *
 * @param exitTimeout how long answers are waited for, in seconds; 0 for not at all.
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
    // A connection that the system has accepted and this program has not would be reset.
    for (let time = 0, seen = -1; time < quietTimes && arrivals !== seen; time++) {
      seen = arrivals;
      await after(quietTime);
      // By then, all that had come has been looked at.
      await new Promise(setImmediate);
    }
    isEnding = true;
    // Where a name stands for several addresses, closing the first one's server cuts off the others' clients.
    if (app.addresses().length === 1) app.server.close();
    await idle(exitTimeout * 1000);
    for (const reply of open) if (!reply.sent) sendFault(reply, endingFault());
    await idle(departure);
  });
}
