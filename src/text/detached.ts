/**
 * Yields a copy of a part of a string that may be kept for long. Engines let a part of a string hold
 * on to the whole of it, so that one remembered word could keep a block of a file in memory.
 */
export function detached(part: string): string {
  // V8 copies parts shorter than 13; joining and cutting makes it copy a longer one.
  return part.length < 13 ? part : ` ${part}`.slice(1);
}
