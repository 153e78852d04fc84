/** @file How a front (the library, the command line, the server) writes options in its sentences. */

/** Writes the names of options, and settings of them, as the users of one front know them. */
export interface Spelling {
  /** An option by its name alone, as `lengthPenalty` or `--length-penalty`. */
  name(key: string): string;
  /** An option with a value, as `inputFeeding: false` or `--no-input-feeding`. */
  setting(key: string, value: unknown): string;
}

/** Options as properties of an object: those of the library. */
export const librarySpelling: Spelling = {
  name: (key) => key,
  setting: (key, value) => {
    // Objects, such as a dictionary, say nothing as text.
    if (typeof value === "object") return key;
    return `${key}: ${typeof value === "string" ? `"${value}"` : String(value)}`;
  },
};

/** `{key}` or `{key=value}`: an option in a sentence that no front has spelled yet. */
const mention = /\{(\w+)(?:=([^{}]*))?\}/g;

/** A sentence with each `{key}` and `{key=value}` written as a front does. */
export function spelled(text: string, spelling: Spelling): string {
  return text.replace(mention, (_, key: string, value: string | undefined) =>
    value === undefined ? spelling.name(key) : spelling.setting(key, valueFrom(value)),
  );
}

/** The options that a sentence mentions. */
export function mentionedIn(text: string): string[] {
  return [...text.matchAll(mention)].map(([, key]) => key as string);
}

function valueFrom(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
