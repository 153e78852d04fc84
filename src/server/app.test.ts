import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { write, writeStudioFolder } from "../../test/support/studioFolder.ts";
import type { ModelEntry } from "../modelFolder/modelList.ts";
import { RunLock } from "../training/node/runLock.ts";
import { createServer } from "./app.ts";
import { ModelCatalog } from "./modelCatalog.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-server-"));
const logged: string[] = [];
let app: FastifyInstance;

const makeServer = (host: string): Promise<FastifyInstance> =>
  createServer({
    catalog: new ModelCatalog({ parents: [join(folder, "models")] }),
    page: join(folder, "page"),
    host,
    version: "1.2.3",
    threads: 1,
    log: (text: string) => logged.push(text),
  });

beforeAll(async () => {
  await writeStudioFolder(folder);
  app = await makeServer("127.0.0.1");
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
  expect(logged).toEqual([]);
});

describe("the page", () => {
  test("is served with headers that let it use threads and talk to this server only", async () => {
    const { statusCode, headers, body } = await app.inject("/");
    expect([statusCode, body]).toEqual([200, "<!doctype html><title>stand-in</title>"]);
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "content-security-policy": expect.stringMatching(/^default-src 'none'; script-src 'self' /),
    });
  });

  test("is asked for again when it has been built anew", async () => {
    const path = join(folder, "page/index.html");
    const { headers } = await app.inject("/");
    const again = { url: "/", headers: { "if-none-match": headers.etag as string } };
    expect((await app.inject(again)).statusCode).toBe(304);
    utimesSync(path, new Date(), new Date(Date.now() + 5000));
    expect((await app.inject(again)).statusCode).toBe(200);
  });

  test.each([
    ["/index.html", "text/html; charset=utf-8"],
    ["/assets/page-12345678.js", "text/javascript; charset=utf-8"],
    ["/vectors/words.txt", "text/plain; charset=utf-8"],
    ["/models.json", "application/json; charset=utf-8"],
    ["/models/letters/config.json", "application/json; charset=utf-8"],
    ["/models/letters/card.json", "application/json; charset=utf-8"],
    ["/models/letters/evaluation.json", "application/json; charset=utf-8"],
    ["/models/letters/source.tokenizer.json", "application/json; charset=utf-8"],
    ["/models/letters/target.tokenizer.json", "application/json; charset=utf-8"],
    ["/models/letters/training/metrics.jsonl", "application/jsonl; charset=utf-8"],
    ["/models/letters/training/watched.jsonl?again", "application/jsonl; charset=utf-8"],
    ["/models/letters/training/samples.jsonl", "application/jsonl; charset=utf-8"],
    ["/models/letters/model.safetensors", "application/octet-stream"],
    ["/models/plain%20model/config.json", "application/json; charset=utf-8"],
    ["/models/young/training/metrics.jsonl", "application/jsonl; charset=utf-8"],
    ["/onnxruntime/ort-wasm-simd-threaded.mjs", "text/javascript; charset=utf-8"],
    ["/onnxruntime/ort-wasm-simd-threaded.wasm", "application/wasm"],
  ])("%s is served as %s", async (url, type) => {
    const { statusCode, headers } = await app.inject(url);
    expect([statusCode, headers["content-type"]]).toEqual([200, type]);
    expect(headers["cache-control"]).toBe("no-cache");
    const head = await app.inject({ method: "HEAD", url });
    expect([head.statusCode, head.body]).toEqual([200, ""]);
  });

  test("files tell when they were changed, and give parts", async () => {
    const url = "/models/letters/model.safetensors";
    const whole = await app.inject(url);
    const { size } = statSync(join(folder, url));
    expect(whole.headers).toMatchObject({
      etag: expect.any(String),
      "last-modified": expect.any(String),
      "content-length": String(size),
    });
    const part = await app.inject({ url, headers: { range: "bytes=0-7" } });
    expect([part.statusCode, part.rawPayload.length]).toEqual([206, 8]);
    const outside = await app.inject({ url, headers: { range: `bytes=${size}-` } });
    expect(outside.statusCode).toBe(416);
    expect(outside.json()).toEqual({ error: expect.any(String) });
  });
});

test("a model in a folder with a long name is served", async () => {
  const name = `run-${"x".repeat(200)}`;
  cpSync(join(folder, "models/letters"), join(folder, "models", name), { recursive: true });
  try {
    expect((await app.inject(`/models/${name}/config.json`)).statusCode).toBe(200);
  } finally {
    rmSync(join(folder, "models", name), { recursive: true });
  }
});

test("the list of models tells what each of them has", async () => {
  const { models } = (await app.inject("/models.json")).json() as { models: ModelEntry[] };
  expect(models.map(({ name }) => name)).toEqual(["letters", "plain model", "young"]);
  const [letters, plain, young] = models as [ModelEntry, ModelEntry, ModelEntry];
  expect(letters).toMatchObject({
    path: "models/letters",
    title: "Letters",
    card: { title: "Letters" },
    sizes: { attention: "general", hidden: 16 },
    hasTraining: true,
    hasMetrics: true,
    hasWatched: true,
    hasEvaluation: true,
  });
  expect(letters.bytes).toBeGreaterThan(
    statSync(join(folder, "models/letters/model.safetensors")).size,
  );
  expect(plain).toMatchObject({
    path: "models/plain%20model",
    sizes: { attention: "none" },
    hasTraining: false,
    hasMetrics: false,
    hasWatched: false,
    hasEvaluation: false,
  });
  expect(Object.keys(plain)).not.toContain("card");
  expect(young).toMatchObject({ sizes: null, hasTraining: true, hasMetrics: true, bytes: 0 });
  expect((await app.inject("/api/models")).json()).toEqual({ models });
});

test("a model is listed as in training while a run holds its folder", async () => {
  const states = async (): Promise<(boolean | undefined)[]> => {
    const { models } = (await app.inject("/models.json")).json() as { models: ModelEntry[] };
    return models.map(({ isTraining }) => isTraining);
  };
  expect(await states()).toEqual([false, false, false]);
  const lock = await RunLock.take(join(folder, "models/young"));
  expect(await states()).toEqual([false, false, true]);
  lock.release();
  expect(await states()).toEqual([false, false, false]);
});

test("a model whose training begins meanwhile is listed from then on", async () => {
  write(join(folder, "models/later/training/metrics.jsonl"), "");
  const { models } = (await app.inject("/models.json")).json() as { models: ModelEntry[] };
  expect(models.map(({ name }) => name)).toContain("later");
  rmSync(join(folder, "models/later"), { recursive: true });
});

test.each([
  "/nothing.html",
  "/.secret",
  "/assets",
  "/assets/",
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/..%5csecret.txt",
  "/index.html%00",
  "/index.html/",
  "/models/letters",
  "/models/letters/",
  "/models/letters/training/checkpoint.safetensors",
  "/models/letters/training/options.json",
  "/models/letters/training/train.ids",
  "/models/letters/../letters/training/options.json",
  "/models/letters/..%2f..%2fsecret.txt",
  "/models/letters/%2e%2e/%2e%2e/secret.txt",
  "/models/..%2fmodels%2fletters/config.json",
  "/models/../secret.txt",
  "/models/%2e%2e/secret.txt",
  "/models/other/notes.txt",
  "/models/nothing/config.json",
  "/models/young/config.json",
  "/models/__proto__/config.json",
  "/onnxruntime/package.json",
  "/onnxruntime/ort.min.js",
  "/onnxruntime/../package.json",
  "/onnxruntime/..%2fpackage.json",
  "/api/nothing",
  "/%",
  `/${"a".repeat(5000)}`,
])("%s is not served", async (url) => {
  const { statusCode, headers, body } = await app.inject(url);
  expect([400, 403, 404, 414]).toContain(statusCode);
  expect(headers["content-type"]).toBe("application/json; charset=utf-8");
  expect(JSON.parse(body)).toEqual({ error: expect.stringMatching(/^[A-Z].*\.$/) });
  expect(body).not.toMatch(/private|not for|node_modules|at .*\.ts/);
});

describe("who may ask", () => {
  const asked = async (server: FastifyInstance, host: string) =>
    (await server.inject({ url: "/api/health", headers: { host } })).statusCode;

  test.each([
    "localhost:5173",
    "localhost",
    "127.0.0.1:80",
    "127.0.0.2",
    "[::1]:5173",
    "LOCALHOST",
  ])("%s is this machine", async (host) => {
    expect(await asked(app, host)).toBe(200);
  });

  test.each([
    "evil.example",
    "evil.example:5173",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "1.2.3.4",
  ])("%j is refused, as it is another name for this machine", async (host) => {
    for (const url of ["/", "/models.json", "/api/health", "/nothing"]) {
      const answer = await app.inject({ url, headers: { host } });
      expect([answer.statusCode, Object.keys(answer.json())]).toEqual([403, ["error"]]);
    }
  });

  test("a server for others answers to any name", async () => {
    const open = await makeServer("0.0.0.0");
    expect(await asked(open, "machine.example")).toBe(200);
    await open.close();
  });
});

test("to other machines, what can be compressed is", async () => {
  const open = await makeServer("0.0.0.0");
  const url = "/assets/page-12345678.js";
  const get = (server: FastifyInstance, encoding: string) =>
    server.inject({ url, headers: { "accept-encoding": encoding } });
  const plain = await get(open, "br, gzip;q=0");
  const small = await get(open, "gzip, deflate");
  expect(small.headers["content-encoding"]).toBe("gzip");
  expect(small.headers.vary).toBe("accept-encoding");
  expect(small.rawPayload.length).toBeLessThan(plain.rawPayload.length / 10);
  expect(gunzipSync(small.rawPayload)).toEqual(plain.rawPayload);
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect((await get(app, "gzip")).headers["content-encoding"]).toBeUndefined();
  const weights = await open.inject({
    url: "/models/letters/model.safetensors",
    headers: { "accept-encoding": "gzip" },
  });
  expect(weights.headers["content-encoding"]).toBeUndefined();
  await open.close();
});

test.runIf(existsSync("/proc/self/fd"))(
  "a download that is broken off leaves no file open",
  async () => {
    const open = await makeServer("0.0.0.0");
    await open.listen({ host: "127.0.0.1", port: 0 });
    const { port } = open.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/onnxruntime/ort-wasm-simd-threaded.wasm`;
    for (let time = 0; time < 5; time++) {
      const stop = new AbortController();
      const answer = await fetch(url, { signal: stop.signal });
      expect(answer.headers.get("content-encoding")).toBe("gzip");
      stop.abort();
    }
    const openFiles = (): number =>
      readdirSync("/proc/self/fd").filter((name) => {
        try {
          return readlinkSync(`/proc/self/fd/${name}`).endsWith(".wasm");
        } catch {
          return false;
        }
      }).length;
    await expect.poll(openFiles, { timeout: 5000 }).toBe(0);
    await open.close();
  },
);
