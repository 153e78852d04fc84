/** @file What reads models that the reader hands over; it is only fetched when that happens. */

// Chunks of the page keep the order of their beginnings, so each begins with it.
import "../withoutEval.ts";

export { entryOfGiven, givenArchive, readGivenModel } from "../../lab/exchange/givenModel.ts";
