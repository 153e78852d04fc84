/** @file Lists of tokens in the order of their ids: text with one token a line, or JSON. Isomorphic. */

import { counted } from "../tensor/counted.ts";

/**
 * Reads one token a line.
 *
 * @returns the tokens; a clause about the fault.
 */
export function linesOf(bytes: Uint8Array): readonly string[] | string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "it is not text in UTF-8; write one token a line";
  }
  const tokens = text.split(/\r?\n/);
  if (tokens.at(-1) === "") tokens.pop();
  const empty = tokens.indexOf("");
  if (empty >= 0) return `line ${empty + 1} is empty; write one token a line`;
  return tokens.length > 0 ? tokens : "it is empty; write one token a line";
}

/**
 * Reads a list of tokens, or an object with the id of each.
 *
 * @returns the tokens; a clause about the fault.
 */
export function jsonTokens(json: unknown): readonly string[] | string {
  if (Array.isArray(json)) {
    const isList = json.length > 0 && json.every((token) => typeof token === "string");
    return isList ? json : "it is no list of tokens";
  }
  if (typeof json !== "object" || json === null) return "it is no list of tokens";
  const entries = Object.entries(json);
  const tokens = new Map<unknown, string>(entries.map(([token, id]) => [id, token]));
  if (tokens.size < entries.length) return "it does not give each token an id of its own";
  const ordered = entries.map((_, id) => tokens.get(id));
  const gap = ordered.indexOf(undefined);
  if (gap >= 0) return `no token has the id ${gap}, of ${counted(entries.length, "token")}`;
  return ordered.length > 0 ? (ordered as string[]) : "it is no list of tokens";
}
