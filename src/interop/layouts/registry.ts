/** @file All layouts, by the names that the option `layout` takes. */

import { bentrevett } from "./bentrevett.ts";
import { d2l } from "./d2l.ts";
import { g2pEn } from "./g2pEn.ts";
import type { Layout } from "./layout.ts";
import { openNmt } from "./openNmt.ts";
import { pytorchTutorial } from "./pytorchTutorial.ts";

/** The layouts of known programs. */
export const layouts: Readonly<Record<string, Layout>> = {
  g2p_en: g2pEn,
  "pytorch-tutorial": pytorchTutorial,
  "bentrevett-3": bentrevett,
  "d2l-bahdanau": d2l,
  "opennmt-py": openNmt,
};
