/** @file Access check: a server for this machine alone must not answer pages of other sites. */

/** Whether an address to listen on can only be reached from the same machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/**
 * Whether a request's Host header names this machine. Another name means that a site has pointed its own
 * name here (DNS rebinding), to let its page read what only this machine may see.
 */
export function isLocalHost(header: string | undefined): boolean {
  return header !== undefined && isLoopback(header.replace(/:\d*$/, ""));
}
