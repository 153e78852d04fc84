/** @file The task of reading dates in five languages: "le 3 mars 1987" → "1987-03-03". */

import { dateSamples, readDate } from "../../samples/dates.ts";
import type { Task } from "../task.ts";
import { spreadByLength } from "./draw.ts";

const counts = { train: 12_000, heldOut: 200 };

/** No day is in both parts, whatever its language. */
export const dates: Task = {
  name: "dates",
  tokenizer: "char",
  example: "mardi 3 mars 1987",
  pairs: async (seed) => {
    const samples = dateSamples(counts.train + counts.heldOut, seed);
    return {
      train: samples.slice(counts.heldOut),
      heldOut: spreadByLength(samples.slice(0, counts.heldOut)),
    };
  },
  answer: readDate,
};
