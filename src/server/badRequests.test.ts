import { appendFileSync, cpSync, mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeStudioFolder } from "../../test/support/studioFolder.ts";
import { writeFeatureModel } from "../../test/support/writtenFeatureModel.ts";
import { createServer } from "./app.ts";
import { ModelCatalog } from "./modelCatalog.ts";
import { limits } from "./requests.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-bad-requests-"));
const logged: string[] = [];
let app: FastifyInstance;

beforeAll(async () => {
  await writeStudioFolder(folder);
  app = await createServer({
    catalog: new ModelCatalog({ parents: [join(folder, "models")] }),
    page: join(folder, "page"),
    host: "localhost",
    version: "1.2.3",
    threads: 1,
    log: (text) => logged.push(text),
  });
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
  expect(logged).toEqual([]);
});

const post = (url: string, payload: unknown) =>
  app.inject({ method: "POST", url: `/api/${url}`, payload: payload as object });

const long = "a".repeat(limits.text + 1);
const json = { "content-type": "application/json" };

describe.each<[name: string, url: string, payload: unknown, status: number, says: RegExp]>([
  ["no body", "translate", undefined, 400, /^The body is null; give an object with text, texts/],
  ["a list", "translate", [], 400, /^The body is a list of 0; give an object with text, texts/],
  ["null", "translate", "null", 400, /^The body is null; give an object/],
  ["no JSON", "translate", "{text", 400, /^The body is not JSON.*; send a JSON object/],
  ["an empty body", "translate", "", 400, /^The body is empty; send/],
  ["a forbidden key", "translate", '{"__proto__":{"text":"a"}}', 400, /forbidden key; send/],
  ["no text", "translate", {}, 400, /^"text": it is missing; give a text, or a list/],
  [
    "two texts",
    "translate",
    { text: "a", texts: ["a"] },
    400,
    /^"text" and "texts" are both given;/,
  ],
  ["a number as text", "translate", { text: 5 }, 400, /^"text": 5: give a text of at most 2,000/],
  ["null as text", "translate", { text: null }, 400, /^"text": null: give a text/],
  [
    "a long text",
    "translate",
    { text: long },
    400,
    /^"text": a text of 2,001 characters: give .* 2,000/,
  ],
  ["no list", "translate", { texts: "a" }, 400, /^"texts": "a": give a list of 1 to 100 entries/],
  ["no texts", "translate", { texts: [] }, 400, /^"texts": a list of 0: give a list of 1 to 100/],
  [
    "many texts",
    "translate",
    { texts: Array(101).fill("a") },
    400,
    /^"texts": a list of 101: give a list of 1 to 100 entries, each a text of at most 2,000 characters/,
  ],
  [
    "an object among texts",
    "translate",
    { texts: ["a", {}] },
    400,
    /^"texts\[1\]": an object: give a text/,
  ],
  [
    "a long one of texts",
    "translate",
    { texts: ["a", "b", long] },
    400,
    /^"texts\[2\]": a text of 2,001 characters: give/,
  ],
  [
    "an unknown field",
    "translate",
    { text: "a", bean: 5 },
    400,
    /^"bean": there is no such field.* beam/,
  ],
  ["an HTML field", "translate", { text: "a", "<b>": 5 }, 400, /^"<b>": there is no such field/],
  [
    "a text as beam",
    "translate",
    { text: "a", beam: "5" },
    400,
    /^"beam": "5": give a whole number from 1 to 20/,
  ],
  ["half a beam", "translate", { text: "a", beam: 1.5 }, 400, /^"beam": 1.5: give a whole number/],
  [
    "no beam",
    "translate",
    { text: "a", beam: 0 },
    400,
    /^"beam": 0: give a whole number from 1 to 20/,
  ],
  ["a wide beam", "translate", { text: "a", beam: 1e9 }, 400, /^"beam": 1000000000: give/],
  [
    "nBest over beam",
    "translate",
    { text: "a", beam: 2, nBest: 3 },
    400,
    /^"nBest": 3: a beam of 2 finds no more than 2; give "beam": 3 or more/,
  ],
  [
    "a penalty below 0",
    "translate",
    { text: "a", lengthPenalty: -1 },
    400,
    /^"lengthPenalty": -1: give a number from 0/,
  ],
  [
    "a text as flag",
    "translate",
    { text: "a", attention: "yes" },
    400,
    /^"attention": "yes": give true or false/,
  ],
  [
    "a list as sample",
    "translate",
    { text: "a", sample: [] },
    400,
    /^"sample": a list of 0: give true or false/,
  ],
  [
    "a field in sample",
    "translate",
    { text: "a", sample: { top: 1 } },
    400,
    /^"top": there is no such field/,
  ],
  [
    "cold",
    "translate",
    { text: "a", sample: { temperature: 0 } },
    400,
    /^"temperature": 0: give a number from 0.01 to 100/,
  ],
  [
    "sample with beam",
    "translate",
    { text: "a", beam: 5, sample: {} },
    400,
    /^"beam": 5: "sample": true draws one translation/,
  ],
  [
    "sample with nBest",
    "translate",
    { text: "a", nBest: 5, sample: {} },
    400,
    /^"nBest": 5: "sample": true draws one translation/,
  ],
  [
    "a temperature without sample",
    "translate",
    { text: "a", temperature: 2 },
    400,
    /^"temperature": 2: nothing is drawn; add "sample": true, or leave "temperature" out/,
  ],
  [
    "an unlikely share",
    "translate",
    { text: "a", sample: true, topP: 2 },
    400,
    /^"topP": 2: give a number above 0, up to 1/,
  ],
  [
    "minLength above maxLength",
    "trace",
    { text: "a", minLength: 5, maxLength: 4 },
    400,
    /^"minLength": 5: a translation has at most 4 tokens; raise "maxLength"/,
  ],
  ["a number as model", "translate", { text: "a", model: 1 }, 400, /^"model": 1: give a text/],
  [
    "an unknown model",
    "translate",
    { text: "a", model: "../letters" },
    404,
    /^"model": there is no model "\.\.\/letters"; give one of letters, plain model\.$/,
  ],
  [
    "a young model",
    "translate",
    { text: "a", model: "young" },
    409,
    /^"model": young is not ready/,
  ],
  [
    "coverage without attention",
    "translate",
    { text: "a", model: "plain model", coveragePenalty: 1 },
    400,
    /^"coveragePenalty": 1: the model has no attention that could cover the source; leave "coveragePenalty" out/,
  ],
  [
    "no text to trace",
    "trace",
    {},
    400,
    /^"text": it is missing; give a text of at most 400 characters/,
  ],
  [
    "texts to trace",
    "trace",
    { texts: ["a"] },
    400,
    /^("texts": there is no such field|"text": it is missing)/,
  ],
  [
    "a long text to trace",
    "trace",
    { text: "a".repeat(401) },
    400,
    /^"text": a text of 401 characters: give/,
  ],
  ["a text as prefix", "trace", { text: "a", prefix: "b" }, 400, /^"prefix": "b": give a list of/],
  [
    "a word in prefix",
    "trace",
    { text: "a", prefix: ["b"] },
    400,
    /^"prefix\[0\]": "b": give a whole number from 0/,
  ],
  [
    "an unknown id",
    "trace",
    { text: "a", prefix: [9999] },
    400,
    /^The prefix has the id 9999 at position 0; ids are/,
  ],
  [
    "prefix and target",
    "trace",
    { text: "a", prefix: [5], target: [5] },
    400,
    /prefix is a part of the target; give only/,
  ],
  [
    "wrong weights",
    "trace",
    { text: "a", attention: [{ step: 0, weights: [0.5, 0.5] }] },
    400,
    /attention weights of step 0 are 2 numbers; give one/,
  ],
  [
    "weights without step",
    "trace",
    { text: "a", attention: [{ weights: [1] }] },
    400,
    /^"attention\[0\]\.step": it is missing; give a whole/,
  ],
  [
    "nBest over beam in a trace",
    "trace",
    { text: "a", beam: 1, nBest: 2 },
    400,
    /^"nBest": 2: a beam of 1 finds/,
  ],
  [
    "no such hypothesis",
    "trace",
    { text: "a", beam: 2, nBest: 1, hypothesis: 1 },
    400,
    /no hypothesis 1/,
  ],
])("%s", (_, url, payload, status, says) => {
  test(`gets ${status} and a sentence`, async () => {
    const answer =
      typeof payload === "string"
        ? await app.inject({ method: "POST", url: `/api/${url}`, payload, headers: json })
        : await post(url, payload);
    expect(answer.json()).toEqual({ error: expect.stringMatching(says) });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.body).toMatch(/[.?]"}$/);
  });
});

describe("other mistakes", () => {
  test("a body that is too large", async () => {
    const answer = await post("translate", { text: "a".repeat(limits.body) });
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toEqual({
      error: expect.stringMatching(/^The body is too large; .*1 MB/),
    });
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"])(
    "a body of type %s",
    async (type) => {
      const headers = { "content-type": type };
      const payload = '{"text":"a"}';
      const answer = await app.inject({ method: "POST", url: "/api/translate", payload, headers });
      expect(answer.statusCode).toBe(415);
      expect(answer.json()).toEqual({ error: expect.stringMatching(/application\/json\.$/) });
    },
  );

  test("the wrong method", async () => {
    const answer = await app.inject("/api/translate?text=a");
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, "POST"]);
    expect(answer.json()).toEqual({ error: "/api/translate takes POST, not GET." });
    const removed = await app.inject({ method: "DELETE", url: "/api/models" });
    expect([removed.statusCode, removed.json()]).toEqual([
      405,
      { error: "/api/models takes GET, not DELETE." },
    ]);
    for (const url of ["/", "/models/letters/config.json"]) {
      const answer = await app.inject({ method: "POST", url });
      expect([answer.statusCode, answer.headers.allow, answer.json()]).toEqual([
        405,
        "GET, HEAD",
        { error: `${url} takes GET and HEAD, not POST.` },
      ]);
    }
    expect((await app.inject({ method: "POST", url: "/nothing" })).statusCode).toBe(404);
  });

  test.each(["/a%00b", "/assets/", "/../../etc/passwd"])("%s is no file", async (url) => {
    const answer = await app.inject(url);
    expect([answer.statusCode, answer.json()]).toEqual([
      404,
      { error: expect.stringMatching(/^There is no /) },
    ]);
  });

  test("a range beyond the end of a file", async () => {
    const url = "/models/letters/config.json";
    const answer = await app.inject({ url, headers: { range: "bytes=99999999-" } });
    expect([answer.statusCode, answer.json()]).toEqual([
      416,
      { error: "The file is shorter than the range; ask for less of it." },
    ]);
    expect(answer.headers["content-range"]).toMatch(/^bytes \*\/\d+$/);
  });

  test("a model that reads no text, which is no default either", async () => {
    await writeFeatureModel(join(folder, "models/features"));
    const answer = await post("translate", { model: "features", text: "a" });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: expect.stringMatching(/^"model": features reads no text, .*; give one of letters/) },
    ]);
    expect((await post("translate", { text: "a" })).statusCode).toBe(200);
    rmSync(join(folder, "models/features"), { recursive: true });
  });

  test("a damaged model is told with the file, and the others go on", async () => {
    const path = join(folder, "models/damaged");
    cpSync(join(folder, "models/letters"), path, { recursive: true });
    truncateSync(join(path, "model.safetensors"), 1000);
    const answer = await post("translate", { model: "damaged", text: "a" });
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({ error: expect.stringContaining("model.safetensors") });
    appendFileSync(join(path, "config.json"), "damaged");
    const unreadable = await post("translate", { model: "damaged", text: "a" });
    expect(unreadable.statusCode).toBe(409);
    rmSync(path, { recursive: true });
    expect((await post("translate", { text: "a" })).statusCode).toBe(200);
  });
});
