/** @file What is wrong with a request, as one sentence that names the field and says what to give. */

import type { JsonSchema } from "./requests.ts";

/** What Fastify tells of the first fault that it found. */
export interface Fault {
  /** Where, as `/texts/3`. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Yields the sentence for a fault.
 *
 * @param schema what the body was checked against.
 */
export function sentenceOf(fault: Fault, body: unknown, schema: JsonSchema): string {
  const steps = fault.instancePath.split("/").slice(1);
  let value = body;
  let wanted: JsonSchema | undefined = schema;
  for (const step of steps) {
    value = (value as Record<string, unknown> | undefined)?.[step];
    wanted = wanted?.items ?? wanted?.properties?.[step];
  }
  const field = steps.reduce(
    (name, step) => (/^\d+$/.test(step) ? `${name}[${step}]` : name ? `${name}.${step}` : step),
    "",
  );
  const inside = field === "" ? "" : `${field}.`;
  if (fault.keyword === "additionalProperties") {
    const known = Object.keys(wanted?.properties ?? {}).join(", ");
    const unknown = short(`${inside}${fault.params["additionalProperty"]}`);
    return `${unknown}: there is no such field; leave it out, or give one of ${known}.`;
  }
  if (fault.keyword === "required") {
    const missing = String(fault.params["missingProperty"]);
    return `${inside}${missing} is missing; give ${described(wanted?.properties?.[missing])}.`;
  }
  return `${field || "The body"} is ${shown(value)}; give ${described(wanted)}.`;
}

/** What a schema takes, for people. */
function described(schema: JsonSchema | undefined): string {
  const { type, minimum, maximum, maxLength, minItems, maxItems } = schema ?? {};
  switch (type) {
    case "string":
      return `a text${maxLength === undefined ? "" : ` of at most ${count(maxLength)} characters`}`;
    case "integer":
    case "number": {
      const kind = type === "integer" ? "a whole number" : "a number";
      if (maximum === undefined) return `${kind} from ${minimum ?? 0}`;
      return `${kind} from ${minimum ?? 0} to ${count(maximum)}`;
    }
    case "boolean":
      return "true or false";
    case "array":
      return `a list of ${minItems ?? 0} to ${count(maxItems ?? 0)} entries, each ${described(schema?.items)}`;
    case "object":
      return `an object with ${Object.keys(schema?.properties ?? {}).join(", ")}`;
    default:
      return "what /api/openapi.json describes";
  }
}

/** What was given, for people. */
function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "string") {
    const { length } = Array.from(value);
    return length > 40 ? `a text of ${count(length)} characters` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `a list of ${count(value.length)}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

const count = (value: number): string => value.toLocaleString("en-US");

function short(text: string): string {
  const characters = Array.from(text);
  return characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : text;
}
