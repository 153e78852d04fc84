/** @file The server as others reach it: a process that listens, and requests to it. */

import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { UserError } from "../src/tensor/errors.ts";
import { type Started, start } from "./program.ts";

/** A server that listens. */
export interface RunningServer extends Started {
  /** Its address, without a slash at the end. */
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

/** What came back of a request. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** How a request is sent. */
export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Milliseconds after which the request is given up. */
  readonly limit?: number;
}

/**
 * Sends a request on a connection of its own.
 *
 * @throws Error with the code of the system if no answer comes, such as ECONNRESET.
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

/** Asks for the translation of a sentence and yields the reply. */
export function translate(url: string, text: string): Promise<Reply> {
  return post(url, "/api/translate", { text, beam: 2 });
}

/** Yields a translation with its log-probability, which tells models apart; null if there is none. */
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

/** Whether an answer of the API that is no success tells why in a sentence. */
export function tellsWhy({ body }: Reply): boolean {
  try {
    const { error } = JSON.parse(body) as { readonly error?: unknown };
    return typeof error === "string" && error.length > 0 && !/\n\s+at /.test(error);
  } catch {
    return false;
  }
}
