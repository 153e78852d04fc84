import cors from "@fastify/cors";
import type { FastifyInstance } from "fastify";

/**
 * Allows pages of other origins to use the API, but nothing else of the server.
 *
 * @param origins `*` for all.
 */
export async function shareApi(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  const origin = origins.includes("*") ? "*" : [...origins];
  await app.register(cors, {
    hideOptionsRoute: true,
    delegator: ({ url }, callback) => {
      callback(null, {
        origin: url?.startsWith("/api/") ? origin : false,
        methods: ["GET", "HEAD", "POST"],
        allowedHeaders: ["content-type", "authorization"],
        exposedHeaders: ["retry-after"],
        maxAge: 600,
        strictPreflight: false,
      });
    },
  });
}
