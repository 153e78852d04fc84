/** @file What the runs that stand side by side are called, and in which colours they are. */

import type { Locale } from "../../text/translated.ts";
import { changeName } from "../settings/optionText.ts";
import type { LabState } from "../state/labState.svelte.ts";

/** A colour for each of two runs, the same in all pictures. */
export const runColors = ["var(--context)", "var(--encoder)"] as const;

/** The names of the runs, after the one thing that differs; none of a run that stands alone. */
export function runNames(
  { compared }: Pick<LabState, "compared">,
  locale: Locale,
): readonly [string, string] | null {
  if (!compared) return null;
  const { key, value, before } = compared;
  return [changeName(key, before, locale), changeName(key, value, locale)];
}
