/** @file How the library, the command line and the server spell options in messages. */

/** Spells options and their settings in one of these interfaces. */
export interface Spelling {
  /** The name of an option, such as `lengthPenalty` or `--length-penalty`. */
  name(key: string): string;
  /** An option with a value, such as `inputFeeding: false` or `--no-input-feeding`. */
  setting(key: string, value: unknown): string;
}

/** The library's spelling: options as properties of an object. */
export const librarySpelling: Spelling = {
  name: (key) => key,
  setting: (key, value) => {
    if (isNumberList(value)) return `${key}: [${value.join(", ")}]`;
    // An object, such as a dictionary, has no short text.
    if (typeof value === "object") return key;
    return `${key}: ${typeof value === "string" ? `"${value}"` : String(value)}`;
  },
};

/** Whether a value is a list of numbers, which has a short text. */
export function isNumberList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === "number");
}

/** `{key}` or `{key=value}`: an option in a text before spelling. */
const mention = /\{(\w+)(?:=([^{}]*))?\}/g;

/** Spells each `{key}` and `{key=value}` in a text. */
export function spelled(text: string, spelling: Spelling): string {
  return text.replace(mention, (_, key: string, value: string | undefined) =>
    value === undefined ? spelling.name(key) : spelling.setting(key, valueFrom(value)),
  );
}

/** The keys of the options mentioned in a text. */
export function mentionedIn(text: string): string[] {
  return [...text.matchAll(mention)].map(([, key]) => key as string);
}

function valueFrom(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
