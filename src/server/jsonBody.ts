/** @file From the bytes of a request's body to a value: the charset that its header declares is obeyed. */

import { TextDecoder } from "node:util";
import type { FastifyInstance } from "fastify";
import { ApiError } from "./apiError.ts";

/** Makes a server read JSON in the charset that is declared; in UTF-8 unless one is. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    let text: string;
    try {
      text = textOf(body as Buffer, request.headers["content-type"]);
    } catch (error) {
      done(error as ApiError, undefined);
      return;
    }
    void parse(request, text, done);
  });
}

/** Byte order marks, which say more than a header. */
const marks: readonly (readonly [bytes: readonly number[], charset: string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * Yields a body as text, without a byte order mark.
 *
 * @param contentType the header, as in `application/json; charset=utf-8`.
 * @throws ApiError if the charset is unknown, or the body is of another.
 */
export function textOf(body: Uint8Array, contentType = ""): string {
  const [, declared = "utf-8"] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType) ?? [];
  const mark = marks.find(([bytes]) => bytes.every((byte, at) => body[at] === byte));
  const decoder = decoderOf(mark?.[1] ?? declared);
  try {
    return decoder.decode(body);
  } catch {
    throw new ApiError(
      400,
      `The body is not ${decoder.encoding.toUpperCase()}; convert it to UTF-8, or name its charset in the header content-type.`,
    );
  }
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw new ApiError(
      415,
      `The header content-type names the charset ${charset.slice(0, 40)}, which is not known here; send UTF-8.`,
    );
  }
}
