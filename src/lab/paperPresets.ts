/** @file The five papers whose models the lab offers, cut to a size that learns in a page. */

import type { LabOptionKey, LabSettings } from "./settings.ts";

/** The presets in the order of their papers, with what is smaller than in `models/presets.ts`. */
export const paperPresets: Readonly<Record<string, LabSettings["options"]>> = {
  sutskever2014: {},
  cho2014: {},
  bahdanau2014: {},
  luong2015: {},
  gnmt2016: { layers: 2 },
};

/** What a preset decides, unless it is set by hand. The other options keep the task's defaults. */
export const architectureKeys = [
  "cell",
  "layers",
  "bidirectional",
  "attention",
  "attentionScope",
  "window",
  "attentionPlace",
  "inputFeeding",
  "reverseSource",
] as const satisfies readonly LabOptionKey[];

const isArchitecture = (key: string): boolean =>
  (architectureKeys as readonly string[]).includes(key);

/** Options without those that a preset decides. */
export function withoutArchitecture(options: LabSettings["options"]): LabSettings["options"] {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !isArchitecture(key)));
}
