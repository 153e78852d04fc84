/** @file The routes of files: the page, the list of models, their files, and ONNX Runtime's. */

import type { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import send from "@fastify/send";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ModelCatalog } from "./modelCatalog.ts";
import { runtimeFiles, runtimeFolder } from "./runtimeFiles.ts";

/** What the routes work with. */
export interface FileContext {
  readonly catalog: ModelCatalog;
  /** The folder of the built page. */
  readonly page: string;
  /** Whether texts and WebAssembly are sent compressed; to the same machine that only costs time. */
  readonly isCompressed: boolean;
}

type PathRequest = FastifyRequest<{ Params: { "*": string; name: string } }>;

/** Adds the routes. */
export function addFileRoutes(app: FastifyInstance, context: FileContext): void {
  const { catalog, page } = context;
  const hidden = { schema: { hide: true } };
  const sendFile = (request: FastifyRequest, reply: FastifyReply, root: string, path: string) =>
    answerFile(request, reply, root, path, context.isCompressed);
  app.get("/models.json", hidden, async (_, reply) => {
    reply.header("cache-control", "no-cache");
    return catalog.list();
  });
  app.get("/models/:name/*", hidden, async (request: PathRequest, reply) => {
    const { name, "*": file } = request.params;
    const found = await catalog.pathOf(name, file);
    if (found === undefined) return reply.callNotFound();
    return sendFile(request, reply, found.slice(0, -file.length), file);
  });
  app.get("/onnxruntime/*", hidden, async (request: PathRequest, reply) => {
    const file = request.params["*"];
    if (!runtimeFiles.includes(file)) return reply.callNotFound();
    return sendFile(request, reply, runtimeFolder(), file);
  });
  app.get("/*", hidden, async (request: PathRequest, reply) =>
    sendFile(request, reply, page, request.params["*"] || "index.html"),
  );
}

const types: Readonly<Record<string, string>> = {
  safetensors: "application/octet-stream",
  jsonl: "application/jsonl; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
};

/** Sends a file, or only that it has not changed; the part of it that is asked for, if any. */
async function answerFile(
  request: FastifyRequest,
  reply: FastifyReply,
  root: string,
  path: string,
  isCompressed: boolean,
): Promise<unknown> {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  // The page may be built anew at any time, so that a browser has to ask whether it has.
  const sent = await send(request.raw, encoded, { root, index: false, cacheControl: false });
  if (sent.type !== "file") {
    if (sent.statusCode === 404 || sent.type === "directory") return reply.callNotFound();
    throw Object.assign(sent.metadata.error, { statusCode: sent.statusCode });
  }
  const { statusCode, headers, stream } = sent;
  const extension = path.slice(path.lastIndexOf(".") + 1);
  const type = types[extension] ?? headers["Content-Type"];
  reply.code(statusCode).headers(headers).header("cache-control", "no-cache");
  if (type !== undefined) reply.header("content-type", type);
  const isText = /^(text\/|application\/(json|jsonl|wasm)|image\/svg)/.test(type ?? "");
  if (!isCompressed || !isText || statusCode !== 200) return reply.send(stream);
  reply.header("vary", "accept-encoding");
  if (request.method !== "GET" || !takesGzip(request)) return reply.send(stream);
  reply.header("content-encoding", "gzip").removeHeader("content-length");
  return reply.send(compressed(stream));
}

function takesGzip({ headers }: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(headers["accept-encoding"] ?? ""));
}

function compressed(stream: Readable): Readable {
  const gzip = createGzip({ level: 5 });
  stream.on("error", (error) => gzip.destroy(error));
  return stream.pipe(gzip);
}
