import type { z } from "zod";
import { UserError } from "../tensor/errors.ts";

/** The name of a value in errors, and the remedy if it is invalid. */
export interface SchemaErrorParts {
  readonly name: string;
  /** The name of the whole value. Default: "the file". */
  readonly whole?: string;
  readonly remedy: string;
}

/**
 * Reads a value by a schema.
 *
 * @throws UserError naming the first part that is missing, wrong or unknown.
 */
export function readBySchema<T>(
  schema: z.ZodType<T>,
  value: unknown,
  { name, whole = "the file", remedy }: SchemaErrorParts,
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new UserError(`${name}: ${faultOf(result.error, value, whole)}; ${remedy}.`);
}

/**
 * The first fault that a schema finds in a value, as a clause: `source.size is missing`.
 *
 * @param whole the name of the whole value.
 */
export function faultOf({ issues: [issue] }: z.ZodError, value: unknown, whole: string): string {
  if (!issue) return `${whole} is not as expected`;
  const place = issue.path.join(".");
  const part = place === "" ? whole : place;
  if (issue.code === "unrecognized_keys") {
    return `${place && `${place}: `}there is no "${issue.keys[0]}"`;
  }
  // The schema's own sentence, if it has one, says more than the kind of fault.
  if (!/^(Invalid|Too |Unrecognized)/.test(issue.message)) return `${part}: ${issue.message}`;
  let found = value;
  for (const step of issue.path) found = (found as Record<PropertyKey, unknown> | null)?.[step];
  switch (issue.code) {
    case "invalid_type": {
      if (found === undefined) return `${part} is missing`;
      return `${part} is not ${typeNames[issue.expected] ?? "of the right type"}`;
    }
    case "invalid_value":
      return found === undefined ? `${part} is missing` : `${part} is not ${listed(issue.values)}`;
    case "too_small":
    case "too_big":
      return `${part} is out of its range`;
    default:
      return found === undefined ? `${part} is missing` : `${part} has a wrong value`;
  }
}

function listed(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value));
  const last = words.pop() ?? "a value of the list";
  return words.length === 0 ? last : `${words.join(", ")} or ${last}`;
}

/** The names of zod's types. */
const typeNames: Readonly<Record<string, string>> = {
  number: "a number",
  int: "a whole number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
};
