/** @file The routes of files: the page, the list of models, their files, and ONNX Runtime's files. */

import { basename, dirname } from "node:path";
import { pipeline, type Readable } from "node:stream";
import { createGzip } from "node:zlib";
import send from "@fastify/send";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { PageModels } from "../modelFolder/modelList.ts";
import { ApiError } from "./apiError.ts";
import type { ModelCatalog } from "./modelCatalog.ts";
import { runtimeBytes, runtimeFiles, runtimeFolder } from "./runtimeFiles.ts";

/** What the routes work with. */
export interface FileContext {
  readonly catalog: ModelCatalog;
  /** The folder of the built page. */
  readonly page: string;
  /** Whether to compress texts and WebAssembly; for the same machine, compression only costs time. */
  readonly isCompressed: boolean;
  /** Whether pages of other origins may show the page in a frame. */
  readonly isEmbedded: boolean;
  /** Called with requested files that exist but are refused. */
  readonly log: (text: string) => void;
}

type PathRequest = FastifyRequest<{ Params: { "*": string; name: string } }>;

/** Adds the routes. */
export function addFileRoutes(app: FastifyInstance, context: FileContext): void {
  const { catalog, page, isCompressed, isEmbedded, log } = context;
  const hidden = { schema: { hide: true } };
  const sendFile = (request: FastifyRequest, reply: FastifyReply, root: string, path: string) =>
    answerFile(request, reply, { root, path, name: path, isCompressed });
  app.get("/models.json", hidden, async (_, reply) => {
    reply.header("cache-control", "no-cache");
    return { ...(await catalog.list()), runtimeBytes: runtimeBytes() } satisfies PageModels;
  });
  app.get("/models/:name/*", hidden, async (request: PathRequest, reply) => {
    const { name, "*": file } = request.params;
    const place = await catalog.pathOf(name, file);
    if (place.path !== null) {
      const [root, path] = [dirname(place.path), basename(place.path)];
      return answerFile(request, reply, { root, path, name: file, isCompressed });
    }
    if (place.why === "outside") {
      log(
        `models/${name}/${file} is a link that leads out of the model's folder; it is not served.`,
      );
    }
    return reply.callNotFound();
  });
  app.get("/onnxruntime/*", hidden, async (request: PathRequest, reply) => {
    const file = request.params["*"];
    if (!runtimeFiles.includes(file)) return reply.callNotFound();
    return sendFile(request, reply, runtimeFolder(), file);
  });
  app.get("/*", hidden, async (request: PathRequest, reply) => {
    const file = request.params["*"] || "index.html";
    // An isolated page may only embed pages that allow it.
    if (isEmbedded && file.endsWith(".html")) {
      reply.header("cross-origin-resource-policy", "cross-origin");
    }
    return sendFile(request, reply, page, file);
  });
}

/** A file to send. */
interface SentFile {
  readonly root: string;
  /** Its path in the root. */
  readonly path: string;
  /** The requested name, which determines its type. */
  readonly name: string;
  readonly isCompressed: boolean;
}

const types: Readonly<Record<string, string>> = {
  json: "application/json; charset=utf-8",
  png: "image/png",
  safetensors: "application/octet-stream",
  jsonl: "application/jsonl; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
};

/** Sends a file, or that it has not changed; only the requested range, if any. */
async function answerFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { root, path, name, isCompressed }: SentFile,
): Promise<unknown> {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  // The page may be rebuilt at any time, so browsers must revalidate it.
  // A public name may be a link to a hidden one.
  const dotfiles = path === name ? "ignore" : "allow";
  const options = { root, index: false, cacheControl: false, dotfiles } as const;
  const sent = await send(request.raw, encoded, options);
  if (sent.type !== "file") {
    if (sent.statusCode === 416) {
      const range = sent.headers["Content-Range"];
      throw new ApiError(416, "The file is shorter than the range; ask for less of it.", {
        ...(range !== undefined && { "content-range": range }),
      });
    }
    // What is no name of a file is not there either.
    if (sent.type === "directory" || sent.statusCode < 500) return reply.callNotFound();
    throw Object.assign(sent.metadata.error, { statusCode: sent.statusCode });
  }
  const { statusCode, headers, stream } = sent;
  const extension = name.slice(name.lastIndexOf(".") + 1);
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
  // The file is closed also where the client goes away; the answer reports what goes wrong.
  pipeline(stream, gzip, () => {});
  return gzip;
}
