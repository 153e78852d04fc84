/** @file Traces as JSON. `docs/trace.md` describes it field by field. */

import { z } from "zod";
import { currentOptions, searchOptions } from "../decoding/options.ts";
import { readBySchema } from "../files/schema.ts";
import { sizesSchema } from "../models/options.ts";
import { settingsShape } from "../options/option.ts";
import { elementCount } from "../tensor/value.ts";
import type { Trace } from "./trace.ts";
import { hypothesisOption, tensorsOption } from "./traceOptions.ts";

/** As many significant digits as a float32 is good for. */
const digits = 7;

/** Yields a trace as JSON has it: arrays of numbers in the place of typed ones, each of 7 digits. */
export function traceJson(trace: Trace): Trace {
  return traceValue(trace) as Trace;
}

/** As {@link traceJson}, for a part of a trace. */
export function traceValue(value: unknown): unknown {
  if (typeof value === "number") return rounded(value);
  if (value instanceof Float32Array) return Array.from(value, rounded);
  if (Array.isArray(value)) return value.map(traceValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, traceValue(each)]));
}

/** 10 to the power of the index: exact, as far as doubles are. */
const powers: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** Much faster than `toPrecision`, and the same: a quotient of exact numbers is rounded correctly. */
function rounded(value: number): number {
  // JSON has no −0.
  if (value === 0) return 0;
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  const scale = powers[digits - 1 - Math.floor(Math.log10(Math.abs(value)))];
  if (scale === undefined) return Number(value.toPrecision(digits));
  return Math.round(value * scale) / scale;
}

const count = z.number().int().nonnegative();
const strings = z.array(z.string());
const counts = z.array(count);
const numbers = z.array(z.number());

/** Checked by hand, as there are many thousands of them. */
function areNumbers(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => Number.isFinite(value));
}

const tensorSchema = z
  .object({
    shape: counts,
    data: z.custom<number[]>(areNumbers, "it is not a list of numbers"),
  })
  .refine(({ shape, data }) => elementCount(shape) === data.length, {
    error: ({ input }) => {
      const { shape, data } = input as { shape: number[]; data: number[] };
      return `its ${data.length} numbers do not fill [${shape.join(", ")}]`;
    },
  })
  .transform(({ shape, data }) => ({ shape, data: Float32Array.from(data) }));

const tensors = z.record(z.string(), tensorSchema);

const sameLength = (name: string, other: string) => ({
  error: `${name} and ${other} differ in length`,
});

const hypothesisSchema = z
  .object({
    text: z.string(),
    tokens: strings,
    ids: counts,
    logProbability: z.number(),
    logProbabilities: numbers,
    score: z.number(),
    finished: z.boolean(),
  })
  .refine(({ tokens, ids }) => tokens.length === ids.length, sameLength("tokens", "ids"));

const searchSchema = z.object({
  length: count,
  candidates: z.array(
    z.object({
      parent: count,
      token: z.string(),
      id: count,
      logProbability: z.number(),
      sum: z.number(),
      fate: z.enum(["running", "finished", "dropped"]),
    }),
  ),
  isDone: z.boolean(),
});

const optionsSchema = z.preprocess(
  (values) => (typeof values === "object" && values !== null ? currentOptions(values) : values),
  z.object({
    ...settingsShape(searchOptions),
    maxLength: count,
    hypothesis: hypothesisOption.schema,
    tensors: tensorsOption.schema.exactOptional(),
  }),
);

const stepSchema = z.object({
  input: z.string(),
  inputId: count,
  output: z.string(),
  outputId: count,
  tensors,
  candidates: z.array(
    z.object({
      token: z.string(),
      id: count,
      logit: z.number(),
      probability: z.number(),
      logProbability: z.number(),
    }),
  ),
  isForced: z.boolean(),
  hasGivenAttention: z.boolean(),
});

const traceSchema = z.object({
  format: z.literal("seq2see-trace"),
  // Version 2 named some options otherwise, and left some out.
  version: z.literal([2, 3]).transform(() => 3 as const),
  model: sizesSchema,
  source: z
    .object({
      text: z.string(),
      tokens: strings,
      ids: counts,
      words: z.array(z.object({ text: z.string(), start: count, end: count })),
      features: z
        .object({
          file: z.string(),
          grid: z.object({ rows: count, columns: count }).nullable(),
          picture: z.object({ width: count, height: count }).nullable(),
        })
        .exactOptional(),
    })
    .refine(({ tokens, ids }) => tokens.length === ids.length, sameLength("tokens", "ids")),
  hypotheses: z.array(hypothesisSchema),
  search: z.array(searchSchema),
  options: optionsSchema,
  encoder: z.object({ order: counts.refine(isOrder, "it is not an order of the tokens"), tensors }),
  steps: z.array(stepSchema),
});

/** Whether each position up to the length occurs once. */
function isOrder(order: readonly number[]): boolean {
  return order.toSorted((one, other) => one - other).every((position, at) => position === at);
}

/**
 * Reads a trace from parsed JSON.
 *
 * @param name what to call it in an error, such as its file.
 * @throws UserError naming the field that is wrong.
 */
export function readTrace(json: unknown, name = "The trace"): Trace {
  const remedy = "it is not a trace of this version of seq2see";
  return readBySchema(traceSchema, json, { name, whole: "the whole", remedy });
}
