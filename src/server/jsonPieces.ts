/** @file Writes JSON answers in pieces, so that a large one is never in memory as a whole. */

import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

/** The minimum number of characters of a piece, except for the last one. */
const pieceLength = 65_536;

/**
 * Sends a value as JSON. A small value is sent as a whole, with its length.
 *
 * @param leaf converts a number, or another value without objects or lists in it, for JSON.
 */
export function sendJson(
  reply: FastifyReply,
  value: unknown,
  leaf: (value: unknown) => unknown,
): FastifyReply {
  reply.type("application/json; charset=utf-8");
  const pieces = jsonPieces(value, leaf);
  const first = pieces.next();
  const second = pieces.next();
  if (second.done) return reply.send(first.value);
  const all = function* (): Generator<string> {
    yield first.value as string;
    yield second.value;
    yield* pieces;
  };
  return reply.send(Readable.from(all()));
}

/** Yields the JSON of a value, equal to `JSON.stringify`, in pieces to send. */
export function* jsonPieces(
  value: unknown,
  leaf: (value: unknown) => unknown,
): Generator<string, undefined> {
  let piece = "";
  for (const part of jsonParts(value, leaf)) {
    piece += part;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

function* jsonParts(value: unknown, leaf: (value: unknown) => unknown): Generator<string> {
  if (!isNested(value)) {
    yield JSON.stringify(leaf(value));
    return;
  }
  let separator = "";
  const isList = Array.isArray(value);
  yield isList ? "[" : "{";
  for (const [key, each] of Object.entries(value)) {
    if (each === undefined) continue;
    yield isList ? separator : `${separator}${JSON.stringify(key)}:`;
    yield* jsonParts(each, leaf);
    separator = ",";
  }
  yield isList ? "]" : "}";
}

/** Whether a value contains lists or objects; a list of numbers or texts is written at once. */
function isNested(value: unknown): value is object {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  return !Array.isArray(value) || (typeof value[0] === "object" && value[0] !== null);
}
