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
