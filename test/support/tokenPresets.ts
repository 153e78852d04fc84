import { presets } from "../../src/models/configuration.ts";

/** The names of the presets that read tokens, which the studio shows; others read features. */
export const tokenPresets: readonly string[] = Object.entries(presets)
  .filter(([, { sourceInput }]) => sourceInput === "tokens")
  .map(([name]) => name);
