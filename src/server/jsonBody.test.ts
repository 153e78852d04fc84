import type { FastifyInstance } from "fastify";
import fastify from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerFaults } from "./faults.ts";
import { readJsonBodies } from "./jsonBody.ts";

let app: FastifyInstance;
beforeAll(() => {
  app = fastify();
  answerFaults(app, () => {});
  readJsonBodies(app);
  app.post("/echo", (request) => request.body);
});
afterAll(() => app.close());

const send = (payload: Buffer, contentType: string) =>
  app.inject({ method: "POST", url: "/echo", payload, headers: { "content-type": contentType } });

const text = JSON.stringify({ text: "\u00e9t\u00e9 \u{1F600}" });
const latin = JSON.stringify({ text: "\u00e9t\u00e9" });
const utf16 = Buffer.from(text, "utf16le");

test.each([
  ["application/json", Buffer.from(text), text],
  ["application/json;charset=UTF-8", Buffer.from(text), text],
  ['application/json; charset="utf8"', Buffer.from(`\uFEFF${text}`), text],
  ["application/json; charset=iso-8859-1", Buffer.from(latin, "latin1"), latin],
  ["application/json; version=1; charset=utf-16le", utf16, text],
  ["application/json; charset=utf-16", Buffer.from(`\uFEFF${text}`, "utf16le"), text],
  ["application/json; charset=utf-16", Buffer.from(`\uFEFF${text}`, "utf16le").swap16(), text],
])("%s is obeyed", async (contentType, body, meant) => {
  const answer = await send(body, contentType);
  expect(answer.json()).toEqual(JSON.parse(meant));
  expect(answer.statusCode).toBe(200);
});

const elsewhere = "convert it to UTF-8, or name its charset in the header content-type.";
test.each([
  [400, "application/json", Buffer.from(latin, "latin1"), `The body is not UTF-8; ${elsewhere}`],
  [
    400,
    "application/json; charset=utf-16le",
    utf16.subarray(1, -2),
    `The body is not UTF-16LE; ${elsewhere}`,
  ],
  [
    415,
    "application/json; charset=klingon",
    Buffer.from(text),
    "The header content-type names the charset klingon, which is not known here; send UTF-8.",
  ],
  [400, "application/json", Buffer.from(""), "The body is empty; send a JSON object."],
  [
    400,
    "application/json",
    Buffer.from('{"__proto__":{}}'),
    "The body is not JSON, or has a forbidden key; send a JSON object.",
  ],
  [
    400,
    "application/json",
    Buffer.from('{"text":"a"}', "utf16le"),
    "The body is not JSON, or has a forbidden key; send a JSON object.",
  ],
])("%d answers %s that is not so", async (status, contentType, body, error) => {
  const answer = await send(body, contentType);
  expect(answer.json()).toEqual({ error });
  expect(answer.statusCode).toBe(status);
});
