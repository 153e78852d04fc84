import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { connect, createServer as createPlainServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { writeStudioFolder } from "../../test/support/studioFolder.ts";
import { createServer } from "./app.ts";
import { listen, standardPort } from "./listen.ts";
import { ModelCatalog } from "./modelCatalog.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-listen-"));
const open: FastifyInstance[] = [];

const make = (host = "127.0.0.1", waiting = 1000): Promise<FastifyInstance> =>
  createServer({
    catalog: new ModelCatalog({ models: [join(folder, "models/letters")] }),
    page: join(folder, "page"),
    host,
    version: "1.2.3",
    threads: 1,
    queue: { waiting, turn: 10_000 },
  });

/** Lets a server listen until the end of the test. */
async function serve(options: { host?: string; port?: number; waiting?: number } = {}) {
  const { host = "127.0.0.1", port, waiting } = options;
  const where = { host, ...(port !== undefined && { port }) };
  const result = await listen(() => make(host, waiting), where);
  open.push(result.server);
  return result;
}

beforeAll(() => writeStudioFolder(folder));

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const translate = (url: string, text = "abc", signal?: AbortSignal) =>
  fetch(`${url}api/translate`, {
    method: "POST",
    body: JSON.stringify({ text }),
    headers: { "content-type": "application/json" },
    ...(signal && { signal }),
  });

test("two servers have two ports, the second one the next that is free", async () => {
  const first = await serve();
  const second = await serve();
  const portOf = (url: string) => Number(new URL(url).port);
  expect(portOf(first.url)).toBeGreaterThanOrEqual(standardPort);
  expect(portOf(second.url)).toBeGreaterThan(portOf(first.url));
  expect(await (await fetch(`${second.url}api/health`)).json()).toMatchObject({ status: "ok" });
});

test("a port that was asked for and is taken is told", async () => {
  const other = createPlainServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  await expect(serve({ port })).rejects.toThrow(
    `port: ${port}: another program uses it; give another port, or leave port out for a free one.`,
  );
  other.close();
});

test("an address of another machine is told", async () => {
  await expect(serve({ host: "192.0.2.1", port: 0 })).rejects.toThrow(
    /^host: "192\.0\.2\.1": this machine has no such address; give/,
  );
});

test("a server for all has an address that can be opened", async () => {
  const { url } = await serve({ host: "0.0.0.0", port: 0 });
  expect(url).toMatch(/^http:\/\/localhost:\d+\/$/);
  expect((await fetch(url)).status).toBe(200);
});

test("100 requests at once, over the network, are answered", async () => {
  const { url } = await serve({ port: 0 });
  const texts = Array.from({ length: 100 }, (_, index) => `text ${"abcdefghij"[index % 10]}`);
  const answers = await Promise.all(texts.map((text) => translate(url, text)));
  const results = await Promise.all(
    answers.map(async (answer) => {
      expect(answer.status).toBe(200);
      return (await answer.json()) as { results: [{ source: string; translations: [unknown] }] };
    }),
  );
  expect(results.map(({ results: [{ source }] }) => source)).toEqual(texts);
  for (const [index, { results: found }] of results.entries()) {
    expect(found).toEqual(results[index % 10]?.results);
  }
});

test("more than the server can do is refused with a time to try again", async () => {
  const { url } = await serve({ port: 0, waiting: 5 });
  const answers = await Promise.all(Array.from({ length: 40 }, () => translate(url)));
  const refused = answers.filter(({ status }) => status === 503);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(40 - refused.length);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(40);
  expect(refused[0]?.headers.get("retry-after")).toBe("5");
  expect(await refused[0]?.json()).toEqual({ error: expect.stringMatching(/; try again in/) });
  expect((await translate(url)).status).toBe(200);
});

test("clients that go away do not keep the server busy", async () => {
  const { url } = await serve({ port: 0 });
  const controller = new AbortController();
  const left = Array.from({ length: 20 }, () =>
    translate(url, "word ".repeat(300), controller.signal),
  );
  const settled = Promise.allSettled(left);
  await new Promise((resolve) => setTimeout(resolve, 300));
  controller.abort();
  await settled;
  const start = performance.now();
  expect((await translate(url)).status).toBe(200);
  expect(performance.now() - start).toBeLessThan(3000);
});

test("what is no HTTP does no harm", async () => {
  const { url } = await serve({ port: 0 });
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.end("nonsense\r\n\r\n");
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 400/);
  expect((await fetch(`${url}api/health`)).status).toBe(200);
});

test("closing does not wait for what runs", async () => {
  const { server, url } = await serve({ port: 0 });
  const running = translate(url, "word ".repeat(380)).then(
    ({ status }) => status,
    () => "cut",
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  const start = performance.now();
  await server.close();
  expect(performance.now() - start).toBeLessThan(3000);
  expect([503, "cut"]).toContain(await running);
});
