/** @file Checks the bodies of requests. Each error is one sentence that names the field and its valid values. */

import { z } from "zod";
import { currentOptions, translationOptions } from "../decoding/options.ts";
import type { Candidate } from "../options/nearest.ts";
import { nearest } from "../options/nearest.ts";
import type { OptionTable } from "../options/option.ts";
import { otherNamesOf, takenBy, wanted } from "../options/option.ts";
import { OptionError } from "../options/optionError.ts";
import { ApiError } from "./apiError.ts";
import { shown } from "./jsonSpelling.ts";

/** The result of a check, as Fastify expects it. */
export type Validation = { readonly value: unknown } | { readonly error: Error };

/** A function that checks a body against a schema; option names of earlier versions are accepted. */
export function bodyCheck(schema: z.ZodType): (body: unknown) => Validation {
  return (body) => {
    const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
    const current = isObject ? currentOptions(body) : body;
    const { success, data, error } = schema.safeParse(current);
    if (success) return { value: data };
    return { error: faultOf(error.issues[0] as z.core.$ZodIssue, current, schema) };
  };
}

function faultOf(issue: z.core.$ZodIssue, body: unknown, whole: z.ZodType): Error {
  const { path } = issue;
  if (path.length === 0 && issue.code !== "unrecognized_keys") {
    return new ApiError(400, `The body is ${shown(body)}; ${wanted(whole)}.`);
  }
  let schema = whole;
  let value = body;
  for (const step of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
    schema = inside(schema, step);
  }
  const field = path.reduce<string>(
    (name, step) =>
      typeof step === "number"
        ? `${name}[${step}]`
        : name
          ? `${name}.${String(step)}`
          : String(step),
    "",
  );
  if (issue.code === "unrecognized_keys") {
    const [unknown] = issue.keys;
    return new OptionError({
      key: field === "" ? String(unknown) : `${field}.${unknown}`,
      problem: "there is no such field",
      remedy: `leave it out, or give one of ${Object.keys(shapeOf(schema)).join(", ")}`,
      suggestions: nearest(String(unknown), fieldsOf(schema)).map((name) => `{${name}}`),
    });
  }
  const problem = value === undefined ? "it is missing" : "";
  const { words } = takenBy(schema);
  const suggestions =
    typeof value === "string" ? nearest(value, words).map((word) => `"${word}"`) : [];
  return new OptionError({ key: field, value, problem, remedy: wanted(schema), suggestions });
}

/** The fields of an object with their names in other tools. */
function fieldsOf(schema: z.ZodType): Candidate[] {
  const rows: OptionTable = translationOptions;
  return Object.keys(shapeOf(schema)).map((name) => ({
    name,
    otherNames: otherNamesOf(rows[name] ?? {}),
  }));
}

/** The schema of a field or of an array's entries. */
function inside(schema: z.ZodType, step: PropertyKey): z.ZodType {
  const own = withoutOptional(schema);
  if (own instanceof z.ZodArray) return own.element as z.ZodType;
  return withoutOptional(shapeOf(own)[String(step)] as z.ZodType);
}

function withoutOptional(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodExactOptional ? (schema.unwrap() as z.ZodType) : schema;
}

function shapeOf(schema: z.ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const own = withoutOptional(schema);
  return own instanceof z.ZodObject ? own.shape : {};
}
