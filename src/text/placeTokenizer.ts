/**
 * @file The vocabulary of a source that consists of features: its tokens are the places of the rows, so
 * that all that knows tokens (batches, searches, traces) knows them too.
 */

import { specialTokens, unknownId } from "./specialTokens.ts";
import { type TokenizerJson, tokenizerJson, vocabulary } from "./tokenizerJson.ts";

/** The id of the first place. */
export const firstPlaceId: number = specialTokens.length;

/** The ids of the places of a source with so many rows. */
export function placeIds(count: number): number[] {
  return Array.from({ length: count }, (_, place) => firstPlaceId + place);
}

/** The names of a grid's places in reading order, row and column from 1 on: `1,1`, `1,2` … */
export function gridPlaces(rows: number, columns: number): string[] {
  return Array.from({ length: rows * columns }, (_, place) => {
    return `${Math.floor(place / columns) + 1},${(place % columns) + 1}`;
  });
}

/** The names of the places of a sequence, from 1 on. */
export function sequencePlaces(count: number): string[] {
  return Array.from({ length: count }, (_, place) => String(place + 1));
}

/** A tokenizer whose words are places, from the first on. */
export function placeTokenizer(places: readonly string[]): TokenizerJson {
  return tokenizerJson(
    {
      pre_tokenizer: { type: "WhitespaceSplit" },
      decoder: null,
      model: {
        type: "WordLevel",
        vocab: vocabulary(places),
        unk_token: specialTokens[unknownId],
      },
    },
    {},
  );
}
