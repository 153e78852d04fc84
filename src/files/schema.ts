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
  const [issue] = result.error.issues;
  const place = issue?.path.join(".");
  const fault =
    issue?.code === "unrecognized_keys"
      ? `${place && `${place}: `}there is no "${issue.keys[0]}"`
      : `${place || whole}: ${issue?.message}`;
  throw new UserError(`${name}: ${fault}; ${remedy}.`);
}
