/** @file The access token of a server: sent as a header, or as a cookie of the page. */

import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { ApiError } from "./apiError.ts";

/** The minimum length of a token. */
export const leastTokenLength = 16;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Whether two texts are equal, in constant time. */
const areEqual = (one: string, other: string): boolean =>
  timingSafeEqual(digest(one), digest(other));

/**
 * Checks that a token is long enough to be secret and valid in a header.
 *
 * @param name the option that set it.
 * @throws UserError if it is not.
 */
export function checkToken(token: string, name: string): void {
  if (token.length < leastTokenLength) {
    throw new UserError(
      `${name}: the token has ${counted(token.length, "character")}; give at least ${leastTokenLength}, such as openssl rand -hex 16 prints.`,
    );
  }
  if (!/^[\w.~+/=-]+$/.test(token)) {
    throw new UserError(
      `${name}: the token has characters that cannot be sent; give letters, digits and -._~+/= only.`,
    );
  }
}

/**
 * Makes a server answer only requests with the token. A program sends it as `Authorization: Bearer`; a
 * browser opens `/?token=…`, which sets a cookie in its place.
 */
export function requireToken(app: FastifyInstance, token: string): void {
  // The browser keeps a hash of the token, not the token itself; its name distinguishes servers on one host.
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
      // This removes the token from the address and from shared links.
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
