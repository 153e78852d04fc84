/** @file A few pairs from the data of a model, with which a page begins. Isomorphic. */

/** How many are offered. */
export const mostSamples = 8;

/** A pair of the data that a model was trained or measured on. */
export interface Sample {
  readonly source: string;
  /** How it is translated there; null if only the source was kept. */
  readonly target: string | null;
}

/** The longest text that a page begins with, in characters. */
const longest = 500;

/**
 * Reads pairs from lines of JSON that have a `source`, and may have a `target`. Lines that cannot be read, long ones
 * and repeated sources are left out: a page can do without them.
 *
 * @param text may end within a line.
 */
export function samplesOf(text: string): Sample[] {
  const samples = new Map<string, Sample>();
  for (const line of text.split("\n")) {
    const sample = sampleOf(line);
    if (sample && !samples.has(sample.source)) samples.set(sample.source, sample);
    if (samples.size === mostSamples) break;
  }
  return [...samples.values()];
}

function sampleOf(line: string): Sample | null {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return null;
  }
  const { source, target } = (read ?? {}) as { source?: unknown; target?: unknown };
  if (typeof source !== "string" || source.trim() === "" || source.length > longest) return null;
  const isShown = typeof target === "string" && target.length <= longest;
  return { source: source.trim(), target: isShown ? target.trim() : null };
}
