/** @file The secret that a server for others asks for: as a header, or as a cookie of the page. */

import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { UserError } from "../tensor/errors.ts";
import { ApiError } from "./apiError.ts";

/** The fewest characters of a token. */
export const leastTokenLength = 16;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Whether two texts are the same; how long that takes does not tell where they differ. */
const areEqual = (one: string, other: string): boolean =>
  timingSafeEqual(digest(one), digest(other));

/**
 * Makes sure that a token can be a secret and stand in a header.
 *
 * @param name the option that it was given with.
 * @throws UserError if it cannot.
 */
export function checkToken(token: string, name: string): void {
  if (token.length < leastTokenLength) {
    throw new UserError(
      `${name}: the token has ${token.length} characters; give at least ${leastTokenLength}, such as openssl rand -hex 16 prints.`,
    );
  }
  if (!/^[\w.~+/=-]+$/.test(token)) {
    throw new UserError(
      `${name}: the token has characters that cannot be sent; give letters, digits and -._~+/= only.`,
    );
  }
}

/**
 * Makes a server answer only those who have the token. A program sends it as `Authorization: Bearer`; a
 * browser opens `/?token=…`, which leaves a cookie that stands for it.
 */
export function requireToken(app: FastifyInstance, token: string): void {
  // The browser keeps what is made of the token, not the token itself; its name tells servers of one host apart.
  const secret = createHash("sha256").update(`seq2see cookie ${token}`).digest("hex");
  const cookie = `seq2see-${secret.slice(0, 8)}`;
  const value = secret.slice(8);
  app.addHook("onRequest", async (request, reply) => {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (bearer !== undefined && areEqual(bearer, token)) return;
    const kept = cookieOf(request, cookie);
    if (kept !== undefined && areEqual(kept, value)) return;
    const { token: given } = request.query as { readonly token?: unknown };
    const isPage = request.method === "GET" && request.url.startsWith("/?");
    if (isPage && typeof given === "string" && areEqual(given, token)) {
      reply.header("set-cookie", `${cookie}=${value}; Path=/; HttpOnly; SameSite=Lax`);
      // So that the token stays neither in the address nor in what is shared of it.
      return reply.header("cache-control", "no-store").redirect("./", 303);
    }
    throw new ApiError(
      401,
      "This server asks for a token; send it with the header authorization: Bearer TOKEN, or open /?token=TOKEN in a browser.",
      { "www-authenticate": 'Bearer realm="seq2see"' },
    );
  });
}

function cookieOf({ headers }: FastifyRequest, name: string): string | undefined {
  const parts = (headers.cookie ?? "").split(";").map((part) => part.trim().split("="));
  return parts.find(([key]) => key === name)?.[1];
}
