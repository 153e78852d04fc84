/** @file The HTTP server of the studio: the page, the models, and an API. */

import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifySchema } from "fastify";
import fastify from "fastify";
import { z } from "zod";
import type { Compute } from "../runtime/options.ts";
import { requireToken } from "./accessToken.ts";
import { ApiError } from "./apiError.ts";
import { addApiRoutes } from "./apiRoutes.ts";
import { securityHeaders } from "./contentPolicy.ts";
import { answerBeforeEnd } from "./ending.ts";
import { answerBrokenRequest, answerFaults, faultOf, sendFault } from "./faults.ts";
import { addFileRoutes } from "./fileRoutes.ts";
import { isLocalHost, isLoopback } from "./hostCheck.ts";
import { readJsonBodies } from "./jsonBody.ts";
import type { ModelCatalog } from "./modelCatalog.ts";
import { ModelPool } from "./modelPool.ts";
import { limits } from "./requests.ts";
import { shareApi } from "./sharing.ts";
import { bodyCheck } from "./validation.ts";
import type { QueueLimits } from "./workQueue.ts";
import { WorkQueue } from "./workQueue.ts";

/** What to serve, and to whom. */
export interface ServerOptions {
  readonly catalog: ModelCatalog;
  /** The folder of the built page. */
  readonly page: string;
  /** The address that the server will listen on. */
  readonly host: string;
  readonly version: string;
  /** Called with faults of the server. */
  readonly log?: (text: string) => void;
  readonly queue?: QueueLimits;
  /** Threads of the API's models. Default: all processors. */
  readonly threads?: number;
  /** The numbers of products with weights in the API's models. Default: float32. */
  readonly compute?: Compute;
  /** How long closing waits for answers, in seconds. Default: 0. */
  readonly exitTimeout?: number;
  /** The token that every request needs. Default: none. */
  readonly token?: string;
  /** Origins whose pages may use the API; `*` for all. */
  readonly cors?: readonly string[];
  /** Origins whose pages may show the page in a frame. */
  readonly embedFrom?: readonly string[];
}

/** The time limits for the header of a request, and for all of it, in ms. */
const requestTimes = { headersTimeout: 10_000, requestTimeout: 30_000 };

/** Makes the server; it does not listen yet. Closing it answers accepted requests, and frees the models. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { catalog, page, host, version, threads, compute, token } = options;
  const { log = () => undefined } = options;
  const { exitTimeout = 0, cors = [], embedFrom = [] } = options;
  const isLocal = isLoopback(host);
  const headers = securityHeaders(embedFrom);
  const app = fastify({
    bodyLimit: limits.body,
    // The name of a model is that of its folder, which may be long.
    routerOptions: { maxParamLength: 1000 },
    frameworkErrors: (error, _, reply) => sendFault(reply.headers(headers), faultOf(error)),
    clientErrorHandler: answerBrokenRequest,
    // Applies to closing too, which may wait for long answers.
    pluginTimeout: 0,
    forceCloseConnections: true,
    return503OnClosing: false,
    requestTimeout: requestTimes.requestTimeout,
    http: { ...requestTimes, connectionsCheckingInterval: 5000 },
  });
  app.server.maxConnections = limits.connections as number;
  // Otherwise, a form on another site could send JSON as text, which browsers allow without a preflight request.
  app.removeContentTypeParser("text/plain");
  readJsonBodies(app);
  app.setValidatorCompiler<z.ZodType>(({ schema }) => bodyCheck(schema));
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  answerFaults(app, log);
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    if (isLocal && !isLocalHost(request.headers.host)) {
      throw new ApiError(
        403,
        "This server answers this machine only, and the header host names another; ask for localhost, or start it for the address of this machine that others use.",
      );
    }
  });
  answerBeforeEnd(app, exitTimeout);
  await shareApi(app, cors);
  if (token !== undefined) requireToken(app, token);
  await app.register(swagger, {
    transform: ({ schema, url }) => ({ schema: openApiOf(schema), url }),
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "seq2see",
        version,
        description: "Translate with sequence-to-sequence models, and see how they do it.",
      },
      ...(token !== undefined && {
        components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
        security: [{ token: [] }],
      }),
    },
  });
  const pool = new ModelPool(
    { ...(threads !== undefined && { threads }), ...(compute !== undefined && { compute }) },
    log,
  );
  const queue = new WorkQueue(options.queue ?? { waiting: limits.waiting, turn: limits.searched });
  addApiRoutes(app, { catalog, pool, queue, version });
  app.get("/api/openapi.json", { schema: { hide: true } }, () => app.swagger());
  addFileRoutes(app, {
    catalog,
    page,
    log,
    isCompressed: !isLocal,
    isEmbedded: embedFrom.length > 0,
  });
  app.addHook("preClose", () => queue.close());
  app.addHook("onClose", () => pool.release());
  return app;
}

/** A route's schemas in OpenAPI's form. */
function openApiOf({ body, response = {}, ...rest }: FastifySchema): FastifySchema {
  const answers = Object.entries(response as Readonly<Record<string, z.ZodType>>);
  return {
    ...rest,
    ...(body !== undefined && { body: jsonSchemaOf(body as z.ZodType, "input") }),
    response: Object.fromEntries(
      answers.map(([status, schema]) => [status, jsonSchemaOf(schema, "output")]),
    ),
  };
}

function jsonSchemaOf(schema: z.ZodType, io: "input" | "output"): object {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io });
  return described;
}
