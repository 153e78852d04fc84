import { once } from "node:events";
import { request as httpRequest } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import type { FastifyInstance } from "fastify";
import fastify from "fastify";
import { afterEach, expect, test } from "vitest";
import { answerBeforeEnd } from "./ending.ts";
import { answerFaults } from "./faults.ts";

let app: FastifyInstance;
let port: number;
let release: () => void;
let accepted: number;
/** Whether new connections are refused. */
let isStopped: boolean;
const sockets: Socket[] = [];

/** Starts a server whose `/work` waits until it is released. */
async function start(exitTimeout: number): Promise<void> {
  accepted = 0;
  isStopped = false;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  app = fastify({ forceCloseConnections: true, return503OnClosing: false });
  answerFaults(app, (text) => expect.unreachable(text));
  answerBeforeEnd(app, exitTimeout);
  app.get("/work", async () => {
    accepted += 1;
    await released;
    return { done: true };
  });
  app.post("/body", async () => ({ done: true }));
  app.get("/health", async () => ({ status: "ok" }));
  await app.listen({ host: "127.0.0.1", port: 0 });
  const close = app.server.close.bind(app.server);
  app.server.close = (...given) => {
    isStopped = true;
    return close(...given);
  };
  ({ port } = app.server.address() as AddressInfo);
}

afterEach(async () => {
  release();
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
});

const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);

/** Asks for work so many times, and resolves once the server has begun with all of them. */
async function begin(count: number): Promise<Promise<Response>[]> {
  const answers = Array.from({ length: count }, () => get("/work"));
  while (accepted < count) await new Promise(setImmediate);
  return answers;
}

/** A connection of its own, which sends what it is told and collects what comes. */
async function open(): Promise<{ socket: Socket; received: () => string }> {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  await once(socket, "connect");
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk;
  });
  socket.on("error", (error) => {
    text += error.message;
  });
  return { socket, received: () => text };
}

const ask = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

test("what has been accepted is answered, and then the connections are closed", async () => {
  await start(60);
  const answers = await begin(20);
  const closed = app.close();
  release();
  for (const answer of await Promise.all(answers)) {
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ done: true });
  }
  await closed;
  await expect(get("/health")).rejects.toThrow("fetch failed");
});

test("meanwhile new requests are refused, with the header that ends the connection", async () => {
  await start(60);
  const { socket, received } = await open();
  const agent = await open();
  const [answer] = await begin(1);
  const closed = app.close();
  while (!isStopped) await new Promise(setImmediate);
  socket.write(ask("/health"));
  await once(socket, "end");
  expect(received()).toMatch(/^HTTP\/1\.1 503 /);
  expect(received()).toMatch(/\r\nconnection: close\r\n/i);
  expect(received()).toMatch(/\r\nretry-after: 5\r\n/i);
  expect(received()).toMatch(/\{"error":"The server is being stopped; try again [^"]*\."\}$/);
  await expect(get("/health")).rejects.toThrow("fetch failed");
  release();
  expect((await answer)?.headers.get("connection")).toBe("close");
  await closed;
  expect(agent.received()).toBe("");
});

test("what is not answered in time gets 503, and no connection is reset", async () => {
  await start(0.2);
  const answers = await begin(5);
  await app.close();
  for (const answer of await Promise.all(answers)) {
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/^The server is being/) });
  }
});

test("what was on its way when the server was told to end is answered as well", async () => {
  await start(60);
  const closed = app.close();
  const answers = Array.from({ length: 20 }, () => get("/health"));
  for (const answer of await Promise.all(answers)) expect(answer.status).toBe(200);
  await closed;
});

test("a body that never comes to its end does not hold it up", async () => {
  await start(0.2);
  const { socket, received } = await open();
  socket.write(
    "POST /body HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
  );
  await app.close();
  if (!socket.readableEnded) await once(socket, "end");
  expect(received()).toMatch(/^HTTP\/1\.1 503 /);
});

test("with a time of 0 nothing is waited for", async () => {
  await start(0);
  const answers = await begin(2);
  await app.close();
  for (const answer of await Promise.all(answers)) expect(answer.status).toBe(503);
});

test("a client that has gone is not waited for", async () => {
  await start(60);
  const asked = httpRequest({ host: "127.0.0.1", port, path: "/work" });
  asked.on("error", () => undefined);
  asked.end();
  while (accepted < 1) await new Promise(setImmediate);
  asked.destroy();
  await app.close();
  expect(accepted).toBe(1);
});

test("connections that wait for another request are closed", async () => {
  await start(60);
  const { socket, received } = await open();
  socket.write(ask("/health"));
  await once(socket, "data");
  await app.close();
  if (!socket.readableEnded) await once(socket, "end");
  expect(received()).toMatch(/^HTTP\/1\.1 200 /);
});
