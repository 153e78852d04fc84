/** @file Fetches the files of models. Isomorphic. */

import { aOf, otherContent } from "../files/otherContent.ts";
import { UserError } from "../tensor/errors.ts";

/** A file as sent by the server. */
export interface FetchedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Headers;
}

/** How to fetch a file. */
export interface FetchOptions {
  /** The mode of the browser's cache; see `fetch`. */
  readonly cache?: "default" | "no-cache" | "reload";
  /** Whether an empty file is valid, such as a record that has just begun. */
  readonly mayBeEmpty?: boolean;
}

/** The reason why a file could not be fetched, as a sentence. */
export class FetchError extends UserError {
  /** Whether the server says, or shows by sending a page, that the file does not exist. */
  readonly isMissing: boolean;

  constructor(message: string, isMissing = false) {
    super(message);
    this.isMissing = isMissing;
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
  { cache = "default", mayBeEmpty = false }: FetchOptions = {},
): Promise<FetchedFile> {
  let response: Response;
  let body: ArrayBuffer;
  try {
    response = await fetch(address, { cache } as RequestInit);
    body = await response.arrayBuffer();
  } catch (error) {
    if (error instanceof RangeError) {
      throw new FetchError(
        `${address}: there is not enough memory for it (${error.message}); close other pages, or take a smaller model.`,
      );
    }
    throw new FetchError(
      `${address}: it could not be fetched (${reasonOf(error)}); check the address, the connection and that the server allows this page (CORS).`,
    );
  }
  const { status, headers } = response;
  const from = response.redirected ? `${address} (redirected to ${response.url})` : address;
  if (!response.ok) {
    const remedy =
      status === 401 || status === 403
        ? "check the address and that this page may read it"
        : status >= 500
          ? "check the server, or try again later"
          : "check the address";
    throw new FetchError(
      `${from}: the server answers ${status}; ${remedy}.`,
      [404, 410].includes(status),
    );
  }
  const bytes = new Uint8Array(body);
  if (bytes.length === 0) {
    if (mayBeEmpty) return { bytes, headers };
    throw new FetchError(
      `${from}: the server answers with nothing; check the address and the file.`,
    );
  }
  if (isPage(bytes, headers.get("content-type") ?? "")) {
    throw new FetchError(
      `${from}: the server answers with an HTML page instead of the file; check the address, there is probably no such file.`,
      true,
    );
  }
  const other = otherContent(bytes);
  if (other !== null) {
    throw new FetchError(
      `${from}: the server has ${aOf(other)} instead of the file; put the file itself there (git lfs pull).`,
    );
  }
  if (/\.json(?:\?|$)/.test(address) && !isJson(bytes)) {
    throw new FetchError(
      `${from}: the server answers with text that is not JSON; check the address and the file there.`,
    );
  }
  return { bytes, headers };
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
