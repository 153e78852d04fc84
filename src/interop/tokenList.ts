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
  if (tokens.length === 0) return "it is empty; write one token a line";
  const isCounted = tokens.length > 1 && tokens.every((token) => /^\S+[ \t]+\d+$/.test(token));
  return isCounted
    ? `its lines, such as "${tokens[0]}", have a number behind the token; write only the tokens, in the order of their ids`
    : tokens;
}

/**
 * Reads a list of tokens, or an object with the id of each token or the token of each id.
 *
 * @returns the tokens; a clause about the fault.
 */
export function jsonTokens(json: unknown): readonly string[] | string {
  if (Array.isArray(json)) {
    const isList = json.length > 0 && json.every((token) => typeof token === "string");
    return isList ? json : "it is no list of tokens";
  }
  if (typeof json !== "object" || json === null) return "it is no list of tokens";
  const given = Object.entries(json);
  const isByToken = given.some(([, id]) => typeof id === "number");
  const entries = isByToken ? given : given.map(([id, token]) => [token, Number(id)] as const);
  const tokens = new Map(entries.map(([token, id]) => [id, token]));
  if (tokens.size < entries.length) return "it does not give each token an id of its own";
  const ordered = entries.map((_, id) => tokens.get(id));
  const gap = ordered.indexOf(undefined);
  if (gap >= 0) return `no token has the id ${gap}, of ${counted(entries.length, "token")}`;
  const isList = ordered.length > 0 && ordered.every((token) => typeof token === "string");
  return isList ? (ordered as string[]) : "it is no list of tokens";
}
