/**
 * @file The vocabulary of a source of features. Its tokens are the places of the rows, so that everything
 * that works with tokens (batches, searches, traces) works with them too.
 */

import { unknownId } from "../tensor/specialIds.ts";
import { specialTokens } from "./specialTokens.ts";
import { type TokenizerJson, tokenizerJson, vocabulary } from "./tokenizerJson.ts";

/** The id of the first place. */
export const firstPlaceId: number = specialTokens.length;

/** The ids of the places of a source with `count` rows. */
export function placeIds(count: number): number[] {
  return Array.from({ length: count }, (_, place) => firstPlaceId + place);
}

/** The names of a grid's places in reading order, rows and columns counted from 1: `1,1`, `1,2` … */
export function gridPlaces(rows: number, columns: number): string[] {
  return Array.from({ length: rows * columns }, (_, place) => {
    return `${Math.floor(place / columns) + 1},${(place % columns) + 1}`;
  });
}

/** The names of the places of a sequence, counted from 1. */
export function sequencePlaces(count: number): string[] {
  return Array.from({ length: count }, (_, place) => String(place + 1));
}

/** A tokenizer whose words are the given places. */
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
