/** @file The task of adding two numbers, digit by digit: "27+158" → "185". */

import type { Random } from "../../tensor/random.ts";
import type { Task } from "../task.ts";
import { drawPairs } from "./draw.ts";

/** The largest number of digits of a summand. */
const mostDigits = 3;

export const add: Task = {
  name: "add",
  tokenizer: "char",
  example: "27+158",
  pairs: async (seed) =>
    drawPairs({
      seed,
      train: 20_000,
      heldOut: 200,
      source: (random) => `${summand(random)}+${summand(random)}`,
      target: sum,
    }),
  answer: (source) => {
    const text = source.replaceAll(" ", "");
    return /^\d{1,15}\+\d{1,15}$/.test(text) ? sum(text) : null;
  },
};

/** Numbers of one digit are as frequent as those of three, so that each is learned. */
function summand(random: Random): number {
  const digits = 1 + random.integer(mostDigits);
  const least = digits === 1 ? 0 : 10 ** (digits - 1);
  return least + random.integer(10 ** digits - least);
}

function sum(source: string): string {
  const [left, right] = source.split("+").map(Number) as [number, number];
  return String(left + right);
}
