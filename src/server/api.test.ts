import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { writeStudioFolder } from "../../test/support/studioFolder.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import type { Translation } from "../decoding/textModel.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import type { Trace } from "../trace/trace.ts";
import { createServer } from "./app.ts";
import { ModelCatalog } from "./modelCatalog.ts";
import { limits } from "./requests.ts";
import type { TranslateAnswer } from "./responses.ts";
import { healthSchema, modelsSchema, traceSchema, translateSchema } from "./responses.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-api-"));
const logged: string[] = [];
let app: FastifyInstance;
let model: Seq2Seq;

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
  model = await Seq2Seq.load(join(folder, "models/letters"), { threads: 1 });
});

afterAll(async () => {
  await app.close();
  await model.release();
  rmSync(folder, { recursive: true, force: true });
  expect(logged).toEqual([]);
});

const post = (url: string, payload: unknown) =>
  app.inject({ method: "POST", url: `/api/${url}`, payload: payload as object });
const translate = async (payload: unknown): Promise<TranslateAnswer> => {
  const answer = await post("translate", payload);
  expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([200, expect.any(String)]);
  return answer.json() as TranslateAnswer;
};
const trace = async (payload: unknown): Promise<Trace> =>
  (await post("trace", payload)).json() as Trace;
/** Makes sure that a value is what a schema describes, and nothing more. */
const expectDescribed = (value: unknown, schema: z.ZodType): void => {
  expect(() => schema.parse(value)).not.toThrow();
};

test("a trace that nobody waits for any more ends between two steps", async () => {
  const stop = new AbortController();
  const traced = model.trace("some text.", {
    beam: 2,
    minLength: 300,
    maxLength: 300,
    signal: stop.signal,
  });
  setTimeout(() => stop.abort(new Error("gone")), 20);
  await expect(traced).rejects.toThrow("gone");
  const prefix = [5, 6, 7];
  await expect(
    model.trace("some text.", { prefix, maxLength: 300, minLength: 300, signal: stop.signal }),
  ).rejects.toThrow("gone");
  await expect(model.trace("some text.", { prefix, maxLength: 2 })).rejects.toThrow(
    "maxLength: 2: 3 tokens are given; allow as many.",
  );
});

describe("translating", () => {
  test("a text gives what the library gives", async () => {
    const [best] = await model.translate("some text.", { beam: 5 });
    const answer = await translate({ text: "some text." });
    const { attention, sourceTokens, ...told } = best as Translation;
    expect(answer).toEqual({
      model: "letters",
      results: [{ source: "some text.", sourceTokens, translations: [told] }],
    });
    expectDescribed(answer, translateSchema);
    const withAttention = await translate({ text: "some text.", attention: true });
    expect(withAttention.results[0]?.translations[0]?.attention).toEqual(
      attention?.map((row) => Array.from(row)),
    );
    expectDescribed(withAttention, translateSchema);
  });

  test("several texts give a result each, with the options of a search", async () => {
    const texts = ["one", "two, three", "", "one"];
    const { results } = await translate({
      texts,
      beam: 3,
      nBest: 2,
      lengthPenalty: 0.5,
      coveragePenalty: 0.1,
      maxLength: 7,
      replaceUnknown: false,
    });
    const options = { beam: 3, nBest: 2, lengthPenalty: 0.5, coveragePenalty: 0.1, maxLength: 7 };
    const found = await model.translateAll(texts, { ...options, replaceUnknown: false });
    expect(results.map(({ source }) => source)).toEqual(texts);
    expect(results.map(({ translations }) => translations.map(({ text }) => text))).toEqual(
      found.map((translations) => translations.map(({ text }) => text)),
    );
  });

  test("what is drawn depends on the seed alone", async () => {
    const sample = { temperature: 2, topK: 5, seed: 7 };
    const drawn = await translate({ texts: ["abc", "abc"], sample });
    const others = Array.from({ length: 5 }, () => translate({ texts: ["abc", "abc"], sample }));
    for (const other of await Promise.all(others)) expect(other).toEqual(drawn);
    const found = await model.translateAll(["abc", "abc"], { sample: true, ...sample });
    expect(drawn.results.map(({ translations }) => translations[0]?.text)).toEqual(
      found.map(([first]) => first?.text),
    );
  });

  test("all options of a search are those of the library", async () => {
    const limits = { minLength: 3, maxLength: 9, noRepeatNgram: 2, forbidUnknown: true };
    const sampling = { sample: true, seed: 7, temperature: 1.5, topK: 8, topP: 0.9 };
    for (const options of [
      { ...limits, lengthNormalization: "average" } as const,
      { ...limits, ...sampling },
    ]) {
      const { results } = await translate({ text: "some text.", beam: 1, ...options });
      const [found] = await model.translate("some text.", { beam: 1, ...options });
      expect(results[0]?.translations[0]).toMatchObject({ text: found?.text, score: found?.score });
      const { options: told } = await trace({ text: "some text.", beam: 1, ...options });
      expect(told).toMatchObject(options);
    }
  });

  test("a model without attention has no alignment", async () => {
    const { results } = await translate({ model: "plain model", text: "abc", attention: true });
    expect(results[0]?.translations[0]).toMatchObject({ attention: null, alignment: null });
  });

  test.each([
    ["nothing", ""],
    ["blanks", " \t\n "],
    ["punctuation", "...,,,"],
    ["emoji", "👩‍👩‍👧‍👦🎉"],
    ["right-to-left", "مرحبا بالعالم"],
    ["HTML", "<script>alert(1)</script>"],
    ["special tokens", "<s></s><pad><unk>"],
    ["half of a character", "a\ud800b"],
    ["a null character", "a\0b"],
    ["line breaks", "one\r\ntwo\u2028three"],
    ["300 words", "word ".repeat(300)],
    ["as much as it takes", "👍".repeat(limits.text)],
  ])("%s does no harm", async (_, text) => {
    const { results } = await translate({ text, beam: 1, maxLength: 20 });
    expect(results).toHaveLength(1);
    expect(typeof results[0]?.translations[0]?.text).toBe("string");
  });

  test("a model that was trained on is loaded anew", async () => {
    const path = join(folder, "models/changing");
    await writeRandomModel(path, {}, 5);
    const before = await translate({ model: "changing", text: "abc" });
    await writeRandomModel(path, {}, 6);
    const after = await translate({ model: "changing", text: "abc" });
    expect(after).not.toEqual(before);
    rmSync(path, { recursive: true });
  });

  test("100 requests at once are each answered as if alone", async () => {
    const requests = Array.from({ length: 100 }, (_, index) => ({
      text: `text ${"abcdefghij"[index % 10]}${"klmnopqrst"[Math.floor(index / 10)]}.`,
      beam: index % 3 === 0 ? 1 : 5,
      ...(index % 7 === 0 && { model: "plain model" }),
    }));
    const plain = await Seq2Seq.load(join(folder, "models/plain model"), { threads: 1 });
    const answers = await Promise.all(requests.map(translate));
    for (const [index, { text, beam, ...named }] of requests.entries()) {
      const [best] = await ("model" in named ? plain : model).translate(text, { beam });
      const answer = answers[index]?.results[0]?.translations[0];
      expect(answer?.text).toBe(best?.text);
      expect(answer?.logProbability).toBeCloseTo(best?.logProbability as number, 3);
    }
    await plain.release();
  });
});

describe("tracing", () => {
  test("records the translation", async () => {
    const traced = await trace({ text: "abc." });
    const [best] = await model.translate("abc.", { beam: 5 });
    expect(traced).toMatchObject({ format: "seq2see-trace", version: 3, source: { text: "abc." } });
    expect(traced.hypotheses[0]?.text).toBe(best?.text);
    expectDescribed(traced, traceSchema);
  });

  test("goes on behind a prefix, and along a target", async () => {
    const { hypotheses } = await trace({ text: "abc.", beam: 3, nBest: 2 });
    expect(hypotheses).toHaveLength(2);
    const ids = [7, 8, 9];
    const behind = await trace({ text: "abc.", prefix: ids, maxLength: 12 });
    expect(behind.steps.slice(0, 3).map(({ outputId }) => outputId)).toEqual(ids);
    const along = await trace({ text: "abc.", target: ids });
    expect(along.hypotheses[0]?.ids).toEqual(ids);
    const second = await trace({ text: "abc.", beam: 3, hypothesis: 1 });
    expect(second.options.hypothesis).toBe(1);
  });

  test("computes with attention weights that are given", async () => {
    const weights = [0, 1, 0, 0];
    const { steps } = await trace({ text: "abc.", attention: [{ step: 1, weights }] });
    expect(steps[1]?.hasGivenAttention).toBe(true);
    expect(steps[1]?.tensors["attention.weights"]?.data).toEqual(weights);
    expect(steps[0]?.hasGivenAttention).toBe(false);
  });
});

test("health tells the version", async () => {
  const answer = (await app.inject("/api/health")).json();
  expect(answer).toEqual({ status: "ok", version: "1.2.3", models: 3 });
  expectDescribed(answer, healthSchema);
  expectDescribed((await app.inject("/api/models")).json(), modelsSchema);
});

test("the API is described by OpenAPI", async () => {
  const { openapi, paths } = (await app.inject("/api/openapi.json")).json() as {
    openapi: string;
    paths: Record<string, Record<string, { requestBody: unknown; responses: object }>>;
  };
  expect(openapi).toMatch(/^3\./);
  expect(Object.keys(paths).sort()).toEqual(
    ["health", "models", "trace", "translate"].map((name) => `/api/${name}`),
  );
  const { requestBody, responses } = paths["/api/translate"]?.["post"] ?? {};
  expect(JSON.stringify(requestBody)).toContain('"maxItems":100');
  expect(Object.keys(responses ?? {})).toContain("503");
});
