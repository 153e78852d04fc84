import type { Spelling } from "../options/spelling.ts";
import { counted } from "../tensor/counted.ts";

/** Options as fields of a JSON body: `"beam": 5`. Long values are described by their type. */
export const jsonSpelling: Spelling = {
  name: (key) => `"${short(key)}"`,
  setting: (key, value) => `"${short(key)}": ${shown(value)}`,
};

/** A value as shown in error messages. */
export function shown(value: unknown): string {
  if (typeof value === "string") {
    const { length } = Array.from(value);
    return length > 40 ? `a text of ${counted(length, "character")}` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `a list of ${value.length.toLocaleString("en-US")}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

function short(key: string): string {
  const characters = Array.from(key);
  return characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : key;
}
