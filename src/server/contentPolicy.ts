/** @file What a browser allows the studio's page to do. */

import { createHash } from "node:crypto";
import { firstScript } from "./firstScript.ts";

const checksum = createHash("sha256").update(firstScript).digest("base64");

/**
 * The content security policy of the page: it runs only its own scripts and WebAssembly, in the page itself only
 * `firstScript`, and contacts only the server that it came from. Scripts may set styles of elements; pictures and fonts may be data.
 */
export const contentPolicy: string = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' 'sha256-${checksum}'`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * The headers of all answers. The first three isolate the page from other sites, which allows it to use
 * threads.
 *
 * @param embedders origins whose pages may embed the page in a frame, besides the server's own.
 */
export function securityHeaders(embedders: readonly string[]): Readonly<Record<string, string>> {
  const ancestors = ["'self'", ...embedders].join(" ");
  return {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": `${contentPolicy}; frame-ancestors ${ancestors}`,
    // The older header with the same meaning, which cannot name other origins.
    ...(embedders.length === 0 && { "x-frame-options": "SAMEORIGIN" }),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
}
