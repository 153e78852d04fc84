/** @file Where each page of the studio was left: the links between them lead back there. */

import type { Locale } from "../text/translated.ts";

/** The pages of the studio. */
export type PageName = "story" | "lab";

const left = new Map<PageName, string>();

/** Remembers the address of a page that is left, "#" included. */
export function leavePage(page: PageName, address: string): void {
  left.set(page, address);
}

/** The address at which a page was left, else another one; in the language that is spoken now. */
export function leftAt(page: PageName, otherwise: string, locale: Locale): string {
  const parameters = new URLSearchParams((left.get(page) ?? otherwise).replace(/^#/, ""));
  parameters.set("lang", locale);
  return `#${parameters}`;
}

/** Whether this document has opened an address already. */
let hasOpened = false;

/** Writes the address of what a page shows, in the place of the one that led to it. */
export function showAddress(address: string): void {
  if (location.hash === address && isMarked()) return;
  history.replaceState({ isShown: true }, "", address);
}

/**
 * Whether the reader goes back, or forward, to what a page has shown: no reason to take back the language, or what was
 * added since. To be asked once for each address that is opened.
 */
export function isReturning(): boolean {
  const isLater = hasOpened;
  hasOpened = true;
  return isLater && isMarked();
}

const isMarked = (): boolean => (history.state as { isShown?: boolean } | null)?.isShown === true;
