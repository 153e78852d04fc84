import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeStudioFolder } from "../../test/support/studioFolder.ts";
import { checkToken } from "./accessToken.ts";
import type { ServerOptions } from "./app.ts";
import { createServer } from "./app.ts";
import { contentPolicy } from "./contentPolicy.ts";
import { ModelCatalog } from "./modelCatalog.ts";
import { checkOrigin } from "./origins.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-access-"));
const token = "0123456789abcdef";
const made: FastifyInstance[] = [];
const logged: string[] = [];

beforeAll(() => writeStudioFolder(folder));

afterAll(async () => {
  await Promise.all(made.map((app) => app.close()));
  rmSync(folder, { recursive: true, force: true });
  expect(logged).toEqual([]);
});

async function server(options: Partial<ServerOptions>): Promise<FastifyInstance> {
  const app = await createServer({
    catalog: new ModelCatalog({ parents: [join(folder, "models")] }),
    page: join(folder, "page"),
    host: "0.0.0.0",
    version: "1.2.3",
    threads: 1,
    log: (text) => logged.push(text),
    ...options,
  });
  made.push(app);
  return app;
}

describe("a server with a token", () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await server({ token, cors: ["https://example.org"] });
  });

  const protectedUrls = [
    "/",
    "/index.html",
    "/assets/page-12345678.js",
    "/models.json",
    "/nothing",
    "/models/letters/config.json",
    "/models/letters/model.safetensors",
    "/api/health",
    "/api/models",
    "/api/openapi.json",
    "/api/nothing",
    "/api/translate",
    "/onnxruntime/ort-wasm-simd-threaded.wasm",
    "//",
    "/?token=",
    "/?token=wrong",
    `/models.json?token=${token}`,
    `/?token=${token.toUpperCase()}`,
  ];

  test.each(protectedUrls)("%s is for those who have it only", async (url) => {
    for (const authorization of [undefined, "", "Bearer", `Bearer ${token}x`, `Basic ${token}`]) {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await app.inject({ url, headers });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers["www-authenticate"]).toBe('Bearer realm="seq2see"');
      expect(answer.json()).toEqual({ error: expect.stringMatching(/^This server asks for a/) });
      expect(answer.body).not.toContain(token);
    }
  });

  test("the header opens all", async () => {
    const headers = { authorization: `Bearer ${token}` };
    for (const url of ["/", "/models.json", "/models/letters/config.json", "/api/health"]) {
      expect((await app.inject({ url, headers })).statusCode, url).toBe(200);
    }
    const payload = { text: "abc" };
    const answer = await app.inject({ method: "POST", url: "/api/translate", payload, headers });
    expect(answer.statusCode).toBe(200);
    expect((await app.inject({ url: "/nothing", headers })).statusCode).toBe(404);
  });

  test("a browser gets a cookie by its address, in which the token is not left", async () => {
    const first = await app.inject(`/?token=${token}`);
    expect([first.statusCode, first.headers.location]).toEqual([303, "./"]);
    const cookie = String(first.headers["set-cookie"]);
    expect(cookie).toMatch(/^seq2see-\w{8}=\w+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(token);
    const headers = { cookie: `other=1; ${cookie.split(";")[0]}` };
    expect((await app.inject({ url: "/", headers })).statusCode).toBe(200);
    expect((await app.inject({ url: "/models.json", headers })).statusCode).toBe(200);
    const wrong = { cookie: `${(cookie.split(";")[0] as string).slice(0, -1)}x` };
    expect((await app.inject({ url: "/models.json", headers: wrong })).statusCode).toBe(401);
    const other = await server({ token: `${token}x` });
    expect((await other.inject({ url: "/models.json", headers })).statusCode).toBe(401);
  });

  test("a browser may ask whether it may ask, and reads the refusal", async () => {
    const origin = "https://example.org";
    const preflight = await app.inject({
      method: "OPTIONS",
      url: "/api/translate",
      headers: { origin, "access-control-request-method": "POST" },
    });
    expect(preflight.statusCode).toBe(204);
    const refused = await app.inject({ url: "/api/models", headers: { origin } });
    expect(refused.statusCode).toBe(401);
    expect(refused.headers["access-control-allow-origin"]).toBe(origin);
  });

  test("OpenAPI says so", async () => {
    const headers = { authorization: `Bearer ${token}` };
    const described = (await app.inject({ url: "/api/openapi.json", headers })).json();
    expect(described).toMatchObject({ security: [{ token: [] }] });
  });
});

test.each([
  ["short", /^--token: the token has 5 characters; give at least 16, such as/],
  ["", /^--token: the token has 0 characters; give/],
  ["with blanks in the middle", /^--token: the token has characters that cannot be sent; give/],
  ["ünïcödé ünïcödé ünïcödé", /^--token: the token has characters that cannot be sent; give/],
])("%j is no token", (given, says) => {
  expect(() => checkToken(given, "--token")).toThrow(says);
});

test("a token of letters, digits and what base64 has is one", () => {
  expect(() => checkToken("aZ09-._~+/aZ09==", "--token")).not.toThrow();
});

describe("pages of other origins", () => {
  const asked = (app: FastifyInstance, origin: string, url = "/api/translate") =>
    app.inject({
      method: "OPTIONS",
      url,
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,authorization",
      },
    } as const);

  test("may not use the API unless they are named", async () => {
    const app = await server({});
    const answer = await asked(app, "https://example.org");
    expect(answer.statusCode).toBe(405);
    const health = await app.inject({
      url: "/api/health",
      headers: { origin: "https://example.org" },
    });
    expect([health.statusCode, health.headers["access-control-allow-origin"]]).toEqual([
      200,
      undefined,
    ]);
  });

  test("those that are named may, and get its errors as well", async () => {
    const app = await server({ cors: ["https://example.org", "http://localhost:3000"] });
    for (const origin of ["https://example.org", "http://localhost:3000"]) {
      const { statusCode, headers } = await asked(app, origin);
      expect(statusCode).toBe(204);
      expect(headers).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-methods": expect.stringContaining("POST"),
        "access-control-allow-headers": "content-type, authorization",
        vary: expect.stringMatching(/origin/i),
      });
      const answer = await app.inject({
        method: "POST",
        url: "/api/translate",
        payload: { text: 5 },
        headers: { origin },
      });
      expect([answer.statusCode, answer.headers["access-control-allow-origin"]]).toEqual([
        400,
        origin,
      ]);
    }
    const other = await asked(app, "https://example.org.evil.example");
    expect(other.headers["access-control-allow-origin"]).toBeUndefined();
    const text = await app.inject({
      method: "POST",
      url: "/api/translate",
      payload: '{"text":"a"}',
      headers: { origin: "https://example.org", "content-type": "text/plain" },
    });
    expect(text.statusCode).toBe(415);
  });

  test("* means all, and only the API", async () => {
    const app = await server({ cors: ["*"] });
    const answer = await asked(app, "https://any.example");
    expect([answer.statusCode, answer.headers["access-control-allow-origin"]]).toEqual([204, "*"]);
    expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
    for (const url of ["/", "/models.json", "/models/letters/config.json"]) {
      const { headers } = await app.inject({ url, headers: { origin: "https://any.example" } });
      expect(headers["access-control-allow-origin"], url).toBeUndefined();
    }
    expect((await asked(app, "https://any.example", "/models.json")).statusCode).toBe(405);
  });

  test("may show the page in a frame if they are named", async () => {
    const alone = (await (await server({})).inject("/")).headers;
    expect(alone["content-security-policy"]).toBe(`${contentPolicy}; frame-ancestors 'self'`);
    expect(alone["x-frame-options"]).toBe("SAMEORIGIN");
    const app = await server({ embedFrom: ["https://example.org", "http://localhost:3000"] });
    const { headers } = await app.inject("/");
    expect(headers["content-security-policy"]).toBe(
      `${contentPolicy}; frame-ancestors 'self' https://example.org http://localhost:3000`,
    );
    expect(headers["x-frame-options"]).toBeUndefined();
    expect(headers["cross-origin-resource-policy"]).toBe("cross-origin");
    const model = await app.inject("/models/letters/config.json");
    expect(model.headers["cross-origin-resource-policy"]).toBe("same-origin");
  });
});

test.each([
  ["example.org", /^--cors example\.org: this is no origin; give .* https:\/\/example\.org\.$/],
  ["https://example.org/", /such as https:\/\/example\.org\.$/],
  ["https://example.org/page?x=1", /such as https:\/\/example\.org\.$/],
  ["https://a.example https://b.example", /this is no origin/],
  ["https://example.org; script-src *", /this is no origin/],
  ["null", /this is no origin/],
  ["file:///etc", /this is no origin/],
  ["", /this is no origin/],
])("%j is no origin", (origin, says) => {
  expect(() => checkOrigin(origin, "--cors")).toThrow(says);
});

test("origins are taken as browsers write them", () => {
  for (const origin of ["https://example.org", "http://localhost:3000", "http://[::1]:8080"]) {
    expect(() => checkOrigin(origin, "--cors")).not.toThrow();
  }
});

test.each([
  ["nonsense", "nonsense\r\n\r\n", /^HTTP\/1\.1 400 [\s\S]*\r\n\r\n\{"error":"[A-Z][^"]*\."\}$/u],
  [
    "headers without end",
    `GET / HTTP/1.1\r\n${"x: y\r\n".repeat(10_000)}`,
    /^HTTP\/1\.1 431 [\s\S]*\r\n\r\n\{"error":"[A-Z][^"]*\."\}$/u,
  ],
])("%s get an answer in the same form", async (_, sent, says) => {
  const app = await server({ host: "127.0.0.1" });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  let received = "";
  socket.on("data", (chunk: Buffer) => {
    received += chunk;
  });
  socket.on("error", () => undefined);
  socket.write(sent);
  await once(socket, "close");
  expect(received).toMatch(says);
});
