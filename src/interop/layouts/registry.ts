/** @file All layouts, by the names that the option `layout` takes. */

import { g2pEn } from "./g2pEn.ts";
import type { Layout } from "./layout.ts";

/** The layouts of known programs. */
export const layouts: Readonly<Record<string, Layout>> = {
  g2p_en: g2pEn,
};
