import { UserError } from "../tensor/errors.ts";

/**
 * Checks that a text is an origin: scheme, host and port, as browsers write it.
 *
 * @param name the option that set it.
 * @throws UserError if it is not.
 */
export function checkOrigin(origin: string, name: string): void {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url?.origin === origin && /^https?:$/.test(url.protocol)) return;
  const known = url && /^https?:$/.test(url.protocol) ? url.origin : "https://example.org";
  throw new UserError(
    `${name} ${origin}: this is no origin; give scheme, host and port only, such as ${known}.`,
  );
}
