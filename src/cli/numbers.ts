/** @file Parsers of numeric options. */

import { InvalidArgumentError } from "commander";

const wordsOfReaders = new WeakMap<object, readonly string[]>();

/** Makes a parser of a number or of one of some words. */
export function numberOr<const Word extends string>(
  ...words: readonly Word[]
): (text: string) => number | Word {
  const wanted = ["Give a number", ...words].join(", or ");
  const read = (text: string): number | Word => {
    const word = words.find((known) => known === text);
    if (word !== undefined) return word;
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError(`${wanted}.`);
    return value;
  };
  wordsOfReaders.set(read, words);
  return read;
}

/** Parses a number. */
export const number: (text: string) => number = numberOr<never>();

/** The words that a parser accepts instead of a number; undefined if it is not from {@link numberOr}. */
export function wordsBesideNumber(reader: object | undefined): readonly string[] | undefined {
  return reader && wordsOfReaders.get(reader);
}

/** Makes a parser of whole numbers from a minimum. */
export function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least}.`);
  };
}

/** Parses a number that is not negative. */
export function notNegative(text: string): number {
  const value = number(text);
  if (value < 0) throw new InvalidArgumentError("Give 0 or more.");
  return value;
}

/** Parses a number above 0. */
export function positive(text: string): number {
  const value = number(text);
  if (value <= 0) throw new InvalidArgumentError("Give a number above 0.");
  return value;
}

/** Parses numbers with commas between. */
export function numberList(text: string): number[] {
  const values = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (values.every(Number.isFinite)) return values;
  throw new InvalidArgumentError("Give numbers with commas between, such as 1,0.3.");
}
