/** @file The server as clients see it: a listening process, and requests to it. */

import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { UserError } from "../src/tensor/errors.ts";
import { type Started, start } from "./program.ts";

/** A listening server. */
export interface RunningServer extends Started {
  /** Its address, without a trailing slash. */
  readonly url: string;
}

/** Starts `seq2see studio` with models and waits until it listens. */
export async function startServer(
  models: readonly string[],
  options: readonly string[] = [],
): Promise<RunningServer> {
  const folders = models.flatMap((model) => ["--model", model]);
  const started = start(["studio", ...folders, "--port", "0", "--no-open", ...options], {
    limit: 3_600_000,
  });
  const ended = started.ended.then(({ errors }) => {
    throw new UserError(`The server does not start: ${errors}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const [, url] = /(http:\/\/[^\s/]+)/.exec(started.output()) ?? [];
    if (url !== undefined) return { ...started, url };
    await Promise.race([once(started.child.stdout as NodeJS.ReadableStream, "data"), ended]);
  }
}

/** The answer to a request. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** How to send a request. */
export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Milliseconds after which the request times out. */
  readonly limit?: number;
}

/**
 * Sends a request on a separate connection.
 *
 * @throws Error with the system's code if no answer comes, such as ECONNRESET.
 */
export function send(
  url: string,
  path: string,
  { method = "GET", headers = {}, body, limit = 30_000 }: RequestOptions = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request(
      { hostname, port, path, method, agent: false, headers },
      (answer: IncomingMessage) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    sent.setTimeout(limit, () => sent.destroy(new Error(`no answer in ${limit / 1000} s`)));
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Sends JSON to a path of the API. */
export function post(url: string, path: string, body: unknown): Promise<Reply> {
  const headers = { "content-type": "application/json" };
  return send(url, path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Requests the translation of a sentence and returns the reply. */
export function translate(url: string, text: string): Promise<Reply> {
  return post(url, "/api/translate", { text, beam: 2 });
}

/** Returns a translation with its log-probability, which distinguishes models; null if there is none. */
export function translationIn({ status, body }: Reply): string | null {
  if (status !== 200) return null;
  const { results } = JSON.parse(body) as {
    readonly results: readonly {
      readonly translations: readonly { readonly text: string; readonly logProbability: number }[];
    }[];
  };
  const best = results[0]?.translations[0];
  return best === undefined ? null : `${best.text} ${best.logProbability}`;
}

/** Whether an unsuccessful answer of the API gives the reason in a sentence. */
export function tellsWhy({ body }: Reply): boolean {
  try {
    const { error } = JSON.parse(body) as { readonly error?: unknown };
    return typeof error === "string" && error.length > 0 && !/\n\s+at /.test(error);
  } catch {
    return false;
  }
}
