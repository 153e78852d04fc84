/** @file The HTTP server of the studio: the page, the models, and an API. */

import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import fastify from "fastify";
import { ApiError } from "./apiError.ts";
import { addApiRoutes } from "./apiRoutes.ts";
import { answerFaults, faultOf, sendFault } from "./faults.ts";
import { addFileRoutes } from "./fileRoutes.ts";
import { isLocalHost, isLoopback } from "./hostCheck.ts";
import type { ModelCatalog } from "./modelCatalog.ts";
import { ModelPool } from "./modelPool.ts";
import { limits } from "./requests.ts";
import type { QueueLimits } from "./workQueue.ts";
import { WorkQueue } from "./workQueue.ts";

/** What is served, and to whom. */
export interface ServerOptions {
  readonly catalog: ModelCatalog;
  /** The folder of the built page. */
  readonly page: string;
  /** The address that the server will listen on. */
  readonly host: string;
  readonly version: string;
  /** Is told about faults of the server. */
  readonly log?: (text: string) => void;
  readonly queue?: QueueLimits;
  /** Threads that the API's models may use; all processors unless given. */
  readonly threads?: number;
}

/** Sent with everything. The first three let a page use threads; the next one keeps it to this server. */
const headers = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** Makes the server; it does not listen yet. Closing it frees the models. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { catalog, page, host, version, threads, log = () => undefined } = options;
  const isLocal = isLoopback(host);
  const app = fastify({
    bodyLimit: limits.body,
    // A value of another type is a mistake to tell about, not one to mend in silence.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    frameworkErrors: (error, request, reply) => sendFault(reply, faultOf(error, request)),
    forceCloseConnections: true,
    requestTimeout: 30_000,
  });
  // Without this, a form of another site could send JSON as text, for which no browser asks first.
  app.removeContentTypeParser("text/plain");
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  answerFaults(app, log);
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    if (isLocal && !isLocalHost(request.headers.host)) {
      throw new ApiError(
        403,
        "This server answers this machine only, and the header host names another; ask for localhost, or start it with --host.",
      );
    }
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        ...{ title: "seq2see", version },
        description: "Translate with sequence-to-sequence models, and see how they do it.",
      },
    },
  });
  const pool = new ModelPool(threads === undefined ? {} : { threads }, log);
  const queue = new WorkQueue(options.queue ?? { waiting: 1000, together: 256 });
  addApiRoutes(app, { catalog, pool, queue, version });
  app.get("/api/openapi.json", { schema: { hide: true } }, () => app.swagger());
  addFileRoutes(app, { catalog, page, isCompressed: !isLocal });
  app.addHook("preClose", () => queue.close());
  app.addHook("onClose", () => pool.release());
  return app;
}
