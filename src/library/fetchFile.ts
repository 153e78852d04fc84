/** @file Fetches the files of models. Isomorphic. */

import type { OtherContent } from "../files/otherContent.ts";
import { aOf, otherContent } from "../files/otherContent.ts";
import { UserError } from "../tensor/errors.ts";
import { type FaultSentences, sentenceOf } from "../tensor/faultSentences.ts";

/** A file as sent by the server. */
export interface FetchedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Headers;
}

/** How to fetch a file. */
export interface FetchOptions {
  /** The mode of the browser's cache; see `fetch`. */
  readonly cache?: "default" | "no-cache" | "reload";
  /** Called as parts of the file come, with the number of bytes of each, after any decompression. */
  readonly onBytes?: ((count: number) => void) | undefined;
  /** Whether an empty file is valid, such as a record that has just begun. */
  readonly mayBeEmpty?: boolean;
}

/** The reason why a file could not be fetched. */
export type FetchFault =
  /** There is not enough memory, or nothing arrives. */
  | { readonly kind: "memory" | "unreachable"; readonly detail: string }
  /** The server answers with an error. */
  | { readonly kind: "status"; readonly status: number }
  /** The server answers with nothing, with an HTML page, or with text that is not JSON. */
  | { readonly kind: "empty" | "page" | "notJson" }
  /** The server has something else, such as a pointer to the file. */
  | { readonly kind: "otherContent"; readonly content: OtherContent };

const sentences: FaultSentences<FetchFault> = {
  memory: ({ detail }) =>
    `there is not enough memory for it (${detail}); close other pages, or take a smaller model.`,
  unreachable: ({ detail }) =>
    `it could not be fetched (${detail}); check the address, the connection and that the server allows this page (CORS).`,
  status: ({ status }) => `the server answers ${status}; ${statusRemedy(status)}.`,
  empty: () => "the server answers with nothing; check the address and the file.",
  page: () =>
    "the server answers with an HTML page instead of the file; check the address, there is probably no such file.",
  otherContent: ({ content }) =>
    `the server has ${aOf(content)} instead of the file; put the file itself there (git lfs pull).`,
  notJson: () =>
    "the server answers with text that is not JSON; check the address and the file there.",
};

function statusRemedy(status: number): string {
  if (status === 401 || status === 403) return "check the address and that this page may read it";
  return status >= 500 ? "check the server, or try again later" : "check the address";
}

/** A file that could not be fetched; its message is a sentence with the address. */
export class FetchError extends UserError {
  readonly address: string;
  readonly fault: FetchFault;

  constructor(address: string, fault: FetchFault) {
    super(`${address}: ${sentenceOf(sentences, fault)}`);
    this.address = address;
    this.fault = fault;
  }

  /** Whether the server says, or shows by sending a page, that the file does not exist. */
  get isMissing(): boolean {
    const { fault } = this;
    return fault.kind === "page" || (fault.kind === "status" && [404, 410].includes(fault.status));
  }
}

/** Returns the address of a file in a folder; a query after "?" in the folder's address is kept. */
export function addressInFolder(folder: string, file: string): string {
  const [, path = "", query = ""] = /^([^?#]*)(\?[^#]*)?/.exec(folder) ?? [];
  return `${path.replace(/\/+$/, "")}/${file}${query}`;
}

/**
 * Fetches a whole file.
 *
 * @throws UserError, a {@link FetchError}, naming the address if nothing arrives, or something else: a page, a
 *   pointer to a file, an empty file.
 */
export async function fetchFile(
  address: string,
  { cache = "default", mayBeEmpty = false, onBytes }: FetchOptions = {},
): Promise<FetchedFile> {
  let response: Response;
  let body: ArrayBuffer;
  try {
    response = await fetch(address, { cache } as RequestInit);
    body = await (onBytes ? counted(response, onBytes) : response).arrayBuffer();
  } catch (error) {
    if (error instanceof RangeError) {
      throw new FetchError(address, { kind: "memory", detail: error.message });
    }
    throw new FetchError(address, { kind: "unreachable", detail: reasonOf(error) });
  }
  const { status, headers } = response;
  const from = response.redirected ? `${address} (redirected to ${response.url})` : address;
  if (!response.ok) throw new FetchError(from, { kind: "status", status });
  const bytes = new Uint8Array(body);
  if (bytes.length === 0) {
    if (mayBeEmpty) return { bytes, headers };
    throw new FetchError(from, { kind: "empty" });
  }
  if (isPage(bytes, headers.get("content-type") ?? "")) {
    throw new FetchError(from, { kind: "page" });
  }
  const other = otherContent(bytes);
  if (other !== null) {
    throw new FetchError(from, { kind: "otherContent", content: other });
  }
  if (/\.json(?:\?|$)/.test(address) && !isJson(bytes)) {
    throw new FetchError(from, { kind: "notJson" });
  }
  return { bytes, headers };
}

/** A response that tells of its parts as they are read. */
function counted(response: Response, onBytes: (count: number) => void): Response {
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(part, controller) {
      onBytes(part.length);
      controller.enqueue(part);
    },
  });
  return new Response(response.body?.pipeThrough(counter) ?? null);
}

/** Whether a file starts like JSON. */
function isJson(bytes: Uint8Array): boolean {
  return /^\s*[[{"]/.test(new TextDecoder().decode(bytes.subarray(0, 1024)));
}

/** Whether an answer is a page. Some servers also send unknown files as text/html. */
function isPage(bytes: Uint8Array, type: string): boolean {
  if (otherContent(bytes) === "HTML page") return true;
  if (!/^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type)) return false;
  // Every other file has a zero among its first bytes; pages do not.
  return !isJson(bytes) && !bytes.subarray(0, 1024).includes(0);
}

/** The known reason of a failed request: browsers hide it, Node reports the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const more =
    cause instanceof Error ? cause.message || String((cause as { code?: unknown }).code ?? "") : "";
  return more && more !== error.message ? `${error.message}: ${more}` : error.message;
}
