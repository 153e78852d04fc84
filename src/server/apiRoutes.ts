/** @file The routes below `/api/`, which translate and trace on the server. */

import type { FastifyInstance, FastifyReply, FastifySchema } from "fastify";
import type { z } from "zod";
import type { Seq2Seq } from "../library/seq2seq.ts";
import { UserError } from "../tensor/errors.ts";
import type { Trace } from "../trace/trace.ts";
import { traceValue } from "../trace/traceJson.ts";
import { ApiError } from "./apiError.ts";
import { searchedTokens } from "./budget.ts";
import { sendJson } from "./jsonPieces.ts";
import type { CatalogModel, ModelCatalog } from "./modelCatalog.ts";
import type { ModelPool } from "./modelPool.ts";
import { traceOptions, translateOptions } from "./requestOptions.ts";
import type { TraceRequest, TranslateRequest } from "./requests.ts";
import { traceBody, translateBody } from "./requests.ts";
import type { TranslateAnswer } from "./responses.ts";
import {
  errorSchema,
  healthSchema,
  modelsSchema,
  traceSchema,
  translateSchema,
} from "./responses.ts";
import { translateInTurns } from "./translating.ts";
import type { WorkQueue } from "./workQueue.ts";

/** The context of the routes. */
export interface ApiContext {
  readonly catalog: ModelCatalog;
  readonly pool: ModelPool;
  readonly queue: WorkQueue;
  readonly version: string;
}

/** Adds the routes. */
export function addApiRoutes(app: FastifyInstance, context: ApiContext): void {
  const { catalog, pool, queue, version } = context;
  app.get(
    "/api/health",
    { schema: described("Whether the server runs.", healthSchema) },
    async () => ({
      status: "ok",
      version,
      models: (await catalog.list()).models.length,
    }),
  );
  app.get("/api/models", { schema: described("The models on offer.", modelsSchema) }, () =>
    catalog.list(),
  );
  app.post<{ Body: TranslateRequest }>(
    "/api/translate",
    {
      schema: {
        ...described("Translates one text or several.", translateSchema, ...modelFaults),
        body: translateBody,
      },
    },
    async ({ body, ip }, reply) => {
      const model = await modelFor(catalog, body);
      const answer: TranslateAnswer = {
        model: model.entry.name,
        results: await translateInTurns(queue, {
          texts: textsOf(body),
          options: translateOptions(body, model),
          withAttention: body.attention ?? false,
          folder: model.folder,
          client: ip,
          load: () => loadedModel(pool, model),
          signal: goneSignal(reply),
        }),
      };
      return sendJson(reply, answer, numbersAsList);
    },
  );
  app.post<{ Body: TraceRequest }>(
    "/api/trace",
    {
      schema: {
        ...described("Translates a text and records how.", traceSchema, ...modelFaults),
        body: traceBody,
      },
    },
    async ({ body, ip }, reply) => {
      const model = await modelFor(catalog, body);
      const options = traceOptions(body, model);
      let answer: Trace | undefined;
      await queue.add<Trace>({
        texts: [body.text],
        key: null,
        client: ip,
        signal: goneSignal(reply),
        costs: searchedTokens([body.text], options),
        work: async ([text = ""], abort) => {
          abort.throwIfAborted();
          const loaded = await loadedModel(pool, model);
          return [await loaded.trace(text, { ...options, signal: abort })];
        },
        take: ([found]) => {
          answer = found;
        },
      });
      return sendJson(reply, answer, traceValue);
    },
  );
}

const numbersAsList = (value: unknown): unknown =>
  value instanceof Float32Array ? Array.from(value) : value;

/** A signal that is aborted when the client disconnects, so that nothing is computed in vain. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  if (raw.destroyed) return AbortSignal.abort();
  const controller = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** The answers of all routes, besides the wanted one. */
const faults = [401, 403, 500] as const;

/** Those of routes that run a model, besides. */
const modelFaults = [400, 404, 409, 413, 415, 503] as const;

/** The OpenAPI description of a route. */
function described(summary: string, answer: z.ZodType, ...others: number[]): FastifySchema {
  const response = Object.fromEntries(
    [...faults, ...others].map((status) => [status, errorSchema]),
  );
  return { summary, response: { 200: answer, ...response } } as FastifySchema;
}

/** Whether a model reads text; others read pictures or files of features, which no request holds. */
const readsText = ({ entry }: CatalogModel): boolean => entry.sizes?.sourceInput === "tokens";

/**
 * The requested model, or the first that is ready.
 *
 * @throws ApiError if the model does not exist, is not ready, or does not read text.
 */
async function modelFor(
  catalog: ModelCatalog,
  { model: name }: Pick<TranslateRequest, "model">,
): Promise<CatalogModel> {
  const models = await catalog.all();
  const ready = models.filter(readsText);
  const names = ready.map(({ entry }) => entry.name).join(", ");
  if (name === undefined) {
    const [first] = ready;
    if (first) return first;
    throw new ApiError(409, "No model that reads text is ready yet; train one first.");
  }
  const found = models.find(({ entry }) => entry.name === name);
  if (!found) {
    const given = JSON.stringify(Array.from(name).slice(0, 60).join(""));
    throw new ApiError(404, `"model": there is no model ${given}; give one of ${names}.`);
  }
  if (readsText(found)) return found;
  if (found.entry.sizes) {
    const others = names === "" ? "add one that reads text" : `give one of ${names}`;
    throw new ApiError(400, `"model": ${name} reads no text, but rows of features; ${others}.`);
  }
  throw new ApiError(
    409,
    `"model": ${name} is not ready, as files of it are missing; let its training go on.`,
  );
}

/** Loads a model; a damaged model is not a fault of the request. */
async function loadedModel(pool: ModelPool, { folder }: CatalogModel): Promise<Seq2Seq> {
  try {
    return await pool.get(folder);
  } catch (error) {
    throw error instanceof UserError ? new ApiError(500, error.message) : error;
  }
}

function textsOf({ text, texts }: TranslateRequest): readonly string[] {
  if (text !== undefined && texts !== undefined) {
    throw new ApiError(400, '"text" and "texts" are both given; give only one of them.');
  }
  if (texts !== undefined) return texts;
  if (text !== undefined) return [text];
  throw new ApiError(400, '"text": it is missing; give a text, or a list of texts as "texts".');
}
