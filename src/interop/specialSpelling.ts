/** @file The special tokens in the vocabulary of another program, which spells them in its own way. */

import { endId, paddingId, startId, unknownId } from "../tensor/specialIds.ts";
import { specialTokens } from "../text/specialTokens.ts";
import type { ForeignVocabulary } from "./mapping.ts";

const ids = { padding: paddingId, unknown: unknownId, start: startId, end: endId } as const;

/** A place in the order of a vocabulary for a token that it does not have. */
export const absent = -1;

/**
 * Finds the special tokens of a vocabulary.
 *
 * @param tokens  their tokens by their ids.
 * @param special how they spell the special ones; where nothing is said, as we do, if it is there.
 * @returns for each of our special tokens the id in their vocabulary, or {@link absent}; a clause about the fault if
 *   one that is said to be there is not.
 */
export function specialPlaces(
  tokens: readonly string[],
  special: ForeignVocabulary["special"] = {},
): number[] | string {
  const places: number[] = specialTokens.map(() => absent);
  for (const [name, id] of Object.entries(ids)) {
    const said = special[name as keyof typeof ids];
    if (said === null) continue;
    const spelled = said ?? (specialTokens[id] as string);
    const place = tokens.indexOf(spelled);
    if (place < 0 && said !== undefined)
      return `it has no ${spelled}, which is to be its ${name} sign`;
    places[id] = place;
  }
  return places;
}
