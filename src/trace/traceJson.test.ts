import { expect, test } from "vitest";
import { withModel } from "../../test/support/randomModel.ts";
import { traceDifferences } from "../../test/support/recompute.ts";
import { searchOptions } from "../decoding/options.ts";
import { UserError } from "../tensor/errors.ts";
import type { Trace } from "./trace.ts";
import { readTrace, traceJson } from "./traceJson.ts";

const sentence = "a b d f g e";

test("it comes back with the numbers that it had, to 7 digits", async () => {
  await withModel("bahdanau2014", {}, async (model) => {
    const options = { beam: 2, maxLength: 5, sample: true, seed: 1 };
    for (const each of [
      { ...options, beam: 1 },
      { beam: 2, maxLength: 5 },
    ]) {
      const trace = await model.trace(sentence, each);
      const text = JSON.stringify(traceJson(trace));
      for (const digits of text.match(/(?<=[-[:,])[\d.]+(?=[e\],}])/g) ?? []) {
        expect(digits.replace(".", "").replace(/^0+/, "").length).toBeLessThanOrEqual(7);
      }
      const read = readTrace(JSON.parse(text));
      expectClose(read, trace);
      expect(traceDifferences(read, model.weights)).toEqual([]);
    }
  });
});

test.each<[string, unknown, RegExp]>([
  ["version", 1, /^The trace: version is not 2 or 3;/],
  ["source.tokens.0", 5, /source\.tokens\.0 is not a text/],
  ["model.cell", "cnn", /model\.cell: give lstm, gru or rnn/],
  ["encoder.order", [0, 0, 1], /encoder\.order: it is not an order/],
  ["encoder.tensors.memory.shape", [3, 7], /memory: .*24 numbers do not fill \[3, 7\]/],
  [
    "steps.0.tensors.context.data",
    ["1"],
    /steps\.0\.tensors\.context\.data: it is not a list of numbers/,
  ],
  ["steps.1.candidates.0.logit", null, /steps\.1\.candidates\.0\.logit is not a number/],
  ["search.0.candidates.0.fate", "lost", /search\.0\.candidates\.0\.fate is not "/],
  ["hypotheses.0.ids", [], /hypotheses\.0: .*tokens and ids differ in length/],
  ["options.beam", "3", /options\.beam is not a number/],
])("%s cannot be %o", async (field, value, message) => {
  const json = structuredClone(await smallTrace);
  const path = field.split(".");
  const last = path.pop() as string;
  const owner = path.reduce((at, key) => (at as never)[key], json as unknown);
  (owner as Record<string, unknown>)[last] = value;
  expect(() => readTrace(json)).toThrow(UserError);
  expect(() => readTrace(json)).toThrow(message);
});

test("something else is no trace", () => {
  for (const other of [null, 3, [], {}, "trace"]) {
    expect(() => readTrace(other, "out.jsonl")).toThrow(/^out\.jsonl: /);
  }
});

test("a trace of version 2 is read with the names of its time", async () => {
  const { options, ...trace } = await smallTrace;
  const former = {
    beam: 2,
    nBest: 2,
    lengthNormalization: "gnmt",
    alpha: 1,
    beta: 0,
    minimumLength: 2,
    maximumLength: 4,
    forbidUnknown: false,
    sample: null,
    hypothesis: 0,
  };
  const { options: read, version } = readTrace({ ...trace, version: 2, options: former });
  expect(version).toBe(3);
  expect(read).toEqual(options);
  const drawn = { ...former, beam: 1, nBest: 1, sample: { seed: 4, temperature: 0.5, topK: 3 } };
  expect(readTrace({ ...trace, version: 2, options: drawn }).options).toEqual({
    ...options,
    beam: 1,
    nBest: 1,
    sample: true,
    seed: 4,
    temperature: 0.5,
    topK: 3,
  });
});

test("every option of a search comes back", async () => {
  const trace = await smallTrace;
  const options: Trace["options"] = {
    beam: 1,
    nBest: 1,
    lengthNormalization: "gnmt",
    lengthPenalty: 0.6,
    coveragePenalty: 0.2,
    minLength: 1,
    maxLength: 9,
    noRepeatNgram: 3,
    forbidUnknown: true,
    sample: true,
    seed: 7,
    temperature: 0.8,
    topK: 5,
    topP: 0.9,
    hypothesis: 0,
  };
  expect(Object.keys(options)).toEqual(expect.arrayContaining(Object.keys(searchOptions)));
  expect(readTrace({ ...trace, options }).options).toEqual(options);
});

test("an empty trace comes back too", async () => {
  await withModel("luong2015", {}, async (model) => {
    const trace = await model.trace(" ");
    expect(readTrace(JSON.parse(JSON.stringify(traceJson(trace))))).toEqual(trace);
  });
});

const smallTrace: Promise<Trace> = withModel("luong2015", {}, async (model) =>
  traceJson(await model.trace("a b c", { beam: 2, maxLength: 4, minLength: 2 })),
);

/** Compares numbers to 7 digits and all else exactly. */
function expectClose(found: unknown, expected: unknown, path = "trace"): void {
  if (typeof expected === "number") {
    const difference = Math.abs((found as number) - expected);
    expect(difference, path).toBeLessThanOrEqual(6e-7 * Math.abs(expected));
  } else if (typeof expected === "object" && expected !== null) {
    expect(Object.keys(found as object).sort(), path).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) {
      expectClose((found as Record<string, unknown>)[key], value, `${path}.${key}`);
    }
  } else {
    expect(found, path).toBe(expected);
  }
}
