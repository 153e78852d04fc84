/** @file The declaration of options. Every text about an option and every check of it comes from its row. */

import { z } from "zod";
import type { Candidate } from "./nearest.ts";
import { nearest } from "./nearest.ts";
import { checkTogether, OptionError } from "./optionError.ts";

/** One option. Texts name other options as `{key}` or `{key=value}`; see `spelling.ts`. */
export interface Option<Value = unknown, Context = unknown> {
  readonly schema: z.ZodType<Value>;
  /** The default value. An option without one is left out, or depends on other options. */
  readonly default?: Value;
  /** The description of a default that is not a fixed value, such as "twice the source and 10". */
  readonly defaultText?: string;
  /** Its heading in help and in the reference. */
  readonly group: string;
  /** The name of its value in help, such as `n` in `--beam <n>`; a switch has none. */
  readonly argument?: string;
  /** Its effect, as a clause without a full stop. */
  readonly help: string;
  /** The effect of turning a switch off, in the same form. */
  readonly helpOff?: string;
  /** Whether a command takes it several times; the value is then the list of what was given. */
  readonly isRepeatable?: boolean;
  /** Whether short help shows it. */
  readonly isBasic?: boolean;
  /** Whether it follows from the data or from other options, so that users cannot set it. */
  readonly isDerived?: boolean;
  /** When it has an effect; otherwise it is refused. */
  readonly use?: Use<Context> | readonly Use<Context>[];
  /** The value for files of earlier versions, which lack the option: fixed, or computed from other options. */
  readonly earlier?: Value | ((values: Values) => Value);
  /** Its names in earlier versions, which are still accepted. */
  readonly formerNames?: readonly string[];
  /**
   * Its names in other tools (fairseq, OpenNMT-py, Joey NMT, Marian, tensorflow/nmt, Hugging Face), which are not
   * accepted: an error says the name here. They are separated by spaces; dashes, underscores and upper case do not
   * matter.
   */
  readonly otherNames?: string;
  /** Names of its values in other tools, by the value here; an error says the value here. */
  readonly otherWords?: Readonly<Record<string, readonly string[]>>;
}

/** When an option has an effect. */
export interface Use<Context> {
  isUsed(context: Context): boolean;
  /** Why it has no effect, as a clause. */
  readonly problem: string;
  /** How to give it an effect, as a clause, if possible; "or leave it out" is appended. */
  readonly remedy?: string;
}

/** Option values of any type, by key. */
export type Values = Readonly<Record<string, unknown>>;

/** A family of options, by key. */
// biome-ignore lint/suspicious/noExplicitAny: rows of all types and contexts stand in one table.
export type OptionTable = Readonly<Record<string, Option<any, any>>>;

/** A value for each option of a family. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Key in keyof Table]: z.output<Table[Key]["schema"]>;
};

/** The options that have a default. */
type KeyWithDefault<Table extends OptionTable> = {
  [Key in keyof Table]: Table[Key] extends { readonly default: unknown } ? Key : never;
}[keyof Table];

/** Values with defaults filled in; options without a default may be missing. */
export type OptionSettings<Table extends OptionTable> = Pick<
  OptionValues<Table>,
  KeyWithDefault<Table>
> &
  Partial<Omit<OptionValues<Table>, KeyWithDefault<Table>>>;

/** A row whose schema keeps its type. */
export type OptionOf<Schema extends z.ZodType, Context> = Option<z.output<Schema>, Context> & {
  readonly schema: Schema;
};

/** Checks the rows of a table, each against its own schema. */
export function defineOptions<Context>() {
  return <const Table extends Readonly<Record<string, Option<unknown, Context>>>>(
    table: Table & { readonly [Key in keyof Table]: OptionOf<Table[Key]["schema"], Context> },
  ): Table => table;
}

/** The zod shape of a table's values; parsing fills in defaults. */
export function settingsShape<Table extends OptionTable>(table: Table): SettingsShape<Table> {
  const fields = Object.entries(table).map(([key, { schema, ...row }]) => [
    key,
    row.default === undefined ? schema.exactOptional() : schema.default(row.default),
  ]);
  return Object.fromEntries(fields);
}

type SettingsShape<Table extends OptionTable> = {
  readonly [Key in keyof Table]: Table[Key] extends { readonly default: unknown }
    ? z.ZodDefault<Table[Key]["schema"]>
    : z.ZodExactOptional<Table[Key]["schema"]>;
};

/** Picks the values of a table's options. */
export function givenValues<Table extends OptionTable>(
  table: Table,
  values: Values,
): Partial<OptionValues<Table>> {
  const given = Object.entries(values).filter(([key]) => Object.hasOwn(table, key));
  return Object.fromEntries(given) as Partial<OptionValues<Table>>;
}

/** The defaults of all options that have one. */
export function defaultsOf<Table extends OptionTable>(table: Table): OptionSettings<Table> {
  return withDefaults(table, {});
}

/** The values of a table's options, with defaults for missing ones. */
export function withDefaults<Table extends OptionTable>(
  table: Table,
  given: Partial<OptionValues<Table>>,
): OptionSettings<Table> {
  const values = Object.entries(table).map(([key, row]) => [key, given[key] ?? row.default]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/**
 * Checks each value against the schema of its option.
 *
 * @param given options by key; keys outside the table are ignored.
 * @throws OptionError naming every invalid option.
 */
export function checkValues(table: OptionTable, given: Values): void {
  const checks = Object.entries(table).map(
    ([key, row]) =>
      () =>
        checkValue(key, row, given[key]),
  );
  checkTogether(...checks);
}

function checkValue(key: string, row: Option, value: unknown): void {
  if (value === undefined || row.schema.safeParse(value).success) return;
  const suggestions = typeof value === "string" ? meantValues(key, value, wordsOf(row)) : [];
  throw new OptionError({ key, value, remedy: wanted(row.schema), suggestions });
}

/** The words that an option takes, with their names in other tools. */
export function wordsOf({ schema, otherWords = {} }: Option): Candidate[] {
  return takenBy(schema).words.map((name) => ({ name, otherNames: otherWords[name] }));
}

/** What other tools call an option. */
export function otherNamesOf({ otherNames }: Pick<Option, "otherNames">): string[] {
  return otherNames?.split(" ") ?? [];
}

/** The options of a table that users can set, with their names in other tools. */
export function namesOf(table: OptionTable): Candidate[] {
  return Object.entries(table)
    .filter(([, { isDerived }]) => !isDerived)
    .map(([name, row]) => ({ name, otherNames: otherNamesOf(row) }));
}

/** What a mistyped value of an option probably means, for {@link OptionError}. */
export function meantValues(
  key: string,
  value: string,
  words: Iterable<Candidate | string>,
): string[] {
  return nearest(value, words).map((word) => `{${key}=${word}}`);
}

/**
 * Refuses options that have no effect: users expect an option they pass to take effect.
 *
 * @param given options by key, without values filled in from a preset or from defaults.
 * @throws OptionError naming every such option and its requirement.
 */
export function checkUses<Context>(table: OptionTable, given: Values, context: Context): void {
  const checks = Object.entries(table).map(
    ([key, row]) =>
      () =>
        checkUse(key, row, given[key], context),
  );
  checkTogether(...checks);
}

function checkUse<Context>(
  key: string,
  { use }: Option<unknown, Context>,
  value: unknown,
  context: Context,
): void {
  if (value === undefined || use === undefined) return;
  const missing = [use].flat().find((each) => !each.isUsed(context));
  if (missing === undefined) return;
  const leave = `leave {${key}} out`;
  const remedy = missing.remedy === undefined ? leave : `${missing.remedy}, or ${leave}`;
  throw new OptionError({ key, value, problem: missing.problem, remedy });
}

/** Replaces former keys by current ones; if both are given, the current key wins. */
export function withCurrentNames(table: OptionTable, values: Values): Record<string, unknown> {
  const result: Record<string, unknown> = { ...values };
  for (const [key, { formerNames = [] }] of Object.entries(table)) {
    for (const former of formerNames) {
      if (!Object.hasOwn(result, former)) continue;
      if (!Object.hasOwn(result, key)) result[key] = result[former];
      delete result[former];
    }
  }
  return result;
}

/** Fills in missing values of a file as the version that wrote it meant them. */
export function withEarlierValues(table: OptionTable, values: Values): Record<string, unknown> {
  const named = withCurrentNames(table, values);
  const added: Record<string, unknown> = {};
  for (const [key, { earlier }] of Object.entries(table)) {
    if (earlier === undefined || Object.hasOwn(named, key)) continue;
    const value = typeof earlier === "function" ? earlier(named) : earlier;
    if (value !== undefined) added[key] = value;
  }
  return { ...added, ...named };
}

/** The schema of an object with a value for each option; issues become option errors. */
export function objectSchema<Table extends OptionTable>(
  table: Table,
): z.ZodType<OptionValues<Table>> {
  const fields = Object.entries(table).map(([key, { schema }]) => [
    key,
    z.custom((value) => schema.safeParse(value).success, wanted(schema)),
  ]);
  return z.object(Object.fromEntries(fields)) as unknown as z.ZodType<OptionValues<Table>>;
}

/** The kind of value of an option: switch, number, one of several words, a list of words, or any text. */
export function takenBy(schema: z.ZodType): {
  readonly isSwitch: boolean;
  readonly isNumber: boolean;
  /** Whether the value is a list of the words. */
  readonly isList: boolean;
  readonly words: readonly string[];
} {
  const whole = jsonOf(schema);
  const isList = whole.type === "array";
  const { type, enum: choices, anyOf = [] } = isList ? (whole.items as JsonSchema) : whole;
  const each = anyOf.length > 0 ? (anyOf as readonly JsonSchema[]) : [{ type, enum: choices }];
  return {
    isList,
    isSwitch: type === "boolean",
    isNumber: each.some((one) => one.type === "number" || one.type === "integer"),
    words: each.flatMap((one) => one.enum?.map(String) ?? []),
  };
}

/** Describes the valid values, such as "give a whole number from 1". */
export function wanted(schema: z.ZodType): string {
  return `give ${wantedOf(jsonOf(schema))}`;
}

type JsonSchema = Pick<
  z.core.JSONSchema.BaseSchema,
  | "type"
  | "description"
  | "enum"
  | "const"
  | "anyOf"
  | "minimum"
  | "maximum"
  | "exclusiveMinimum"
  | "exclusiveMaximum"
  | "items"
  | "maxItems"
  | "maxLength"
  | "minItems"
  | "properties"
> & { readonly exclusiveMinimum?: number; readonly exclusiveMaximum?: number };

function jsonOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

function wantedOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum) return listOf(schema.enum.map(String));
  if (schema.anyOf) {
    if (schema.description !== undefined) return schema.description;
    const choices = schema.anyOf as readonly JsonSchema[];
    const words = choices.flatMap((each) => each.enum?.map(String) ?? [wantedOf(each)]);
    return listOf([...new Set(words)]);
  }
  const { description, items, maxItems, maxLength, minItems = 0, properties = {} } = schema;
  switch (schema.type) {
    case "boolean":
      return "true or false";
    case "integer":
    case "number":
      return `${schema.type === "integer" ? "a whole number" : "a number"}${rangeOf(schema)}`;
    case "string":
      return maxLength === undefined
        ? "a text"
        : `a text of at most ${count(maxLength)} characters`;
    case "array": {
      const most = maxItems === undefined ? "" : `${count(minItems)} to ${count(maxItems)} `;
      return `a list of ${most}entries, each ${wantedOf(items as JsonSchema)}`;
    }
    case "object":
      return `an object with ${Object.keys(properties).join(", ")}`;
    default:
      return description ?? "another value";
  }
}

function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 9 });
}

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  // Whole numbers that doubles hold have bounds of their own.
  const isOpen = (bound: number | undefined): bound is undefined =>
    bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER;
  const from =
    exclusiveMinimum !== undefined
      ? ` above ${count(exclusiveMinimum)}`
      : isOpen(minimum)
        ? ""
        : ` from ${count(minimum)}`;
  if (exclusiveMaximum !== undefined) return `${from} to below ${count(exclusiveMaximum)}`;
  if (isOpen(maximum)) return from;
  return `${from}${exclusiveMinimum === undefined ? " to" : ", up to"} ${count(maximum)}`;
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
