/** @file Parses the body of a request in the charset that its header declares. */

import { TextDecoder } from "node:util";
import type { FastifyInstance } from "fastify";
import { ApiError } from "./apiError.ts";

/** Makes a server read JSON in the declared charset. Default: UTF-8. */
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

/** Byte order marks, which take precedence over a header. */
const marks: readonly (readonly [bytes: readonly number[], charset: string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * Decodes a body to text, without a byte order mark.
 *
 * @param contentType the header, such as `application/json; charset=utf-8`.
 * @throws ApiError if the charset is unknown, or the body does not match it.
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
