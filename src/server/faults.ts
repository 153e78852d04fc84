/** @file Error answers: a status and `{ "error": "one sentence" }`. */

import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { OptionError } from "../options/optionError.ts";
import { UserError } from "../tensor/errors.ts";
import { ApiError } from "./apiError.ts";
import { jsonSpelling } from "./jsonSpelling.ts";
import { limits } from "./requests.ts";

/** An error as Fastify throws it. */
interface ServerError extends Error {
  readonly code?: string;
  readonly statusCode?: number;
}

const sentences: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: `The body is too large; send at most ${limits.body / 1024 / 1024} MB, in several requests if need be.`,
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    "The body is of a type that is not read here; send JSON with the header content-type: application/json.",
  FST_ERR_CTP_EMPTY_JSON_BODY: "The body is empty; send a JSON object.",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH:
    "The body is not as long as its header content-length says; send it again.",
  FST_ERR_BAD_URL: "The address is not well-formed; check its percent signs.",
  FST_ERR_MAX_PARAM_LENGTH: "The address is too long; check it.",
};

/** Converts an error to an answer. */
export function faultOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof OptionError) return new ApiError(400, error.spelled(jsonSpelling));
  // What the library rejects is in the request, unless it is a file of the model.
  if (error instanceof UserError) return new ApiError(400, error.message);
  const { code = "", statusCode = 500 } = error as ServerError;
  const sentence = sentences[code];
  if (sentence !== undefined) return new ApiError(statusCode, sentence);
  if (statusCode === 400) {
    return new ApiError(400, "The body is not JSON, or has a forbidden key; send a JSON object.");
  }
  if (statusCode < 500) return new ApiError(statusCode, "The request cannot be read; check it.");
  return new ApiError(500, "The server failed on this request; what it printed says why.");
}

const brokenRequests: Readonly<Record<string, readonly [status: string, sentence: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The request took too long; send it again."],
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "The headers are too large; send fewer.",
  ],
};

/** Answers a request that is not HTTP or is incomplete, and closes the connection. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, sentence] = brokenRequests[error.code ?? ""] ?? [
    "400 Bad Request",
    "The request is not well-formed HTTP; check the program that sends it.",
  ];
  const body = JSON.stringify({ error: sentence });
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}

/** Sends an error. */
export function sendFault(reply: FastifyReply, { status, headers, message }: ApiError): void {
  reply.code(status).headers(headers).type("application/json; charset=utf-8");
  reply.send(JSON.stringify({ error: message.replace(/\s*\n\s*/g, " ") }));
}

/** Whether a request that is not for reading is for a file that there is. */
async function isFile(
  app: FastifyInstance,
  { method, headers, url }: FastifyRequest,
): Promise<boolean> {
  if (method === "GET" || method === "HEAD") return false;
  const { host, authorization, cookie } = headers;
  const same = { host, authorization, cookie };
  const known = Object.entries(same).filter(([, value]) => value !== undefined);
  const asked = { method: "HEAD", url, headers: Object.fromEntries(known) } as const;
  return (await app.inject(asked)).statusCode === 200;
}

/**
 * Makes a server answer every error in this form.
 *
 * @param log receives unexpected errors.
 */
export function answerFaults(app: FastifyInstance, log: (text: string) => void): void {
  app.setErrorHandler((error, request, reply) => {
    const fault = faultOf(error);
    if (fault.status === 500 && !(error instanceof ApiError)) {
      // The part after "?" may be secret, and texts to translate are private.
      const [path = ""] = request.url.split("?");
      log(`${request.method} ${path.slice(0, 200)}: ${(error as Error).stack ?? error}`);
    }
    sendFault(reply, fault);
  });
  app.setNotFoundHandler(async (request, reply) => {
    const [path = ""] = request.url.split("?");
    const methods = ["GET", "POST"].filter((method) => app.hasRoute({ method, url: path }));
    if (methods.length === 0 && (await isFile(app, request))) methods.push("GET", "HEAD");
    const fault =
      methods.length > 0
        ? new ApiError(405, `${path} takes ${methods.join(" and ")}, not ${request.method}.`, {
            allow: methods.join(", "),
          })
        : new ApiError(404, `There is no ${path.slice(0, 100)}; see /api/openapi.json.`);
    sendFault(reply, fault);
  });
}
