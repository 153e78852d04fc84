/** @file What an explanation is made of, and how its sums are put together. */

import type { Pick } from "../state/selection.svelte.ts";
import { formatNumber } from "../text/numbers.ts";
import type { Translated } from "../text/translated.ts";
import type { Row } from "./rows.ts";
import { words } from "./words.ts";

/** One of the numbers that a term multiplies. */
export interface Factor {
  readonly value: number;
  /** As readers see it, such as `0.5200` or `tanh(0.3100)`. */
  readonly text: string;
  /** The number of the trace that it is or is made of, so that one can go on to where that came from. */
  readonly pick: Pick | null;
}

/** One term of a sum. */
export interface Term {
  readonly label: Translated<string>;
  /** What is multiplied; empty where many terms are one. */
  readonly factors: readonly Factor[];
  readonly value: number;
}

/** Terms that belong together, such as those of the input. */
export interface Part {
  /** Null where there is but one part. */
  readonly name: Translated<string> | null;
  readonly terms: readonly Term[];
  readonly sum: number;
}

/** What is made of the terms. */
export interface Result {
  /** Such as `Σ` or `tanh(Σ)`. */
  readonly label: Translated<string>;
  readonly value: number;
}

/** How a number came about. */
export interface Explanation {
  /** As an equation, such as `f = σ(x·W + h₋₁·U + b)`. */
  readonly formula: string;
  /** Whether the terms add up, or the largest of them is taken. */
  readonly rule: "sum" | "largest";
  /** The largest terms one by one, and what is left of each part as its last term. */
  readonly parts: readonly Part[];
  /** First what the rule yields; then, if there is more to it, what is made of that. */
  readonly results: readonly Result[];
  /** The number itself: the last result. */
  readonly total: number;
  /** What else there is to say; null if nothing. */
  readonly note: Translated<string> | null;
}

/** How many terms of a part are shown one by one. */
export const shownTerms = 6;

/** The same in both languages. */
export function both(text: string): Translated<string> {
  return { en: text, zh: text };
}

/** A number of a vector, such as `x[12]`; below the line stands the time. */
export function placed(symbol: string, index: number): string {
  return `${symbol}[${index}]`;
}

/** A factor; `text` is the number itself unless given. */
export function factor(
  value: number,
  pick: Pick | null = null,
  text: string = formatNumber(value),
): Factor {
  return { value, text, pick };
}

/** The factor that is a number of a vector. */
export function factorAt(row: Row, index: number): Factor {
  return factor(row.values[index] as number, row.pickAt(index));
}

/** A term that is the product of its factors. */
export function term(label: Translated<string> | string, factors: readonly Factor[]): Term {
  return {
    label: typeof label === "string" ? both(label) : label,
    factors,
    value: factors.reduce((product, { value }) => product * value, 1),
  };
}

/** A part of which all terms are shown. */
export function part(name: Translated<string> | null, terms: readonly Term[]): Part {
  return { name, terms, sum: terms.reduce((total, { value }) => total + value, 0) };
}

/**
 * A part of `count` terms, of which the largest are shown and the others are one.
 *
 * @param valueAt what a term comes to; `termAt` makes only those that are shown.
 */
export function foldedPart(
  name: Translated<string> | null,
  count: number,
  valueAt: (index: number) => number,
  termAt: (index: number) => Term,
): Part {
  const values = Array.from({ length: count }, (_, index) => valueAt(index));
  const size = (index: number): number => Math.abs(values[index] as number);
  const places = values.map((_, index) => index);
  places.sort((one, other) => size(other) - size(one) || one - other);
  // One single other is better shown than counted.
  const shown = count <= shownTerms + 1 ? count : shownTerms;
  const terms = places.slice(0, shown).map(termAt);
  const rest = places.slice(shown).reduce((sum, index) => sum + (values[index] as number), 0);
  if (count > shown) terms.push({ label: words.others(count - shown), factors: [], value: rest });
  return part(name, terms);
}

/** The number of a gate that a term is multiplied by: where in which vector it is. */
export type GateOf = (index: number) => { readonly row: Row; readonly at: number };

/** A vector by a column of weights; where gates are given, each number is first multiplied by its own. */
export function products(
  name: Translated<string> | null,
  row: Row,
  weightOf: (index: number) => number,
  gateOf: GateOf | null = null,
): Part {
  const gateAt = (index: number): number => {
    const gate = gateOf?.(index);
    return gate ? (gate.row.values[gate.at] as number) : 1;
  };
  return foldedPart(
    name,
    row.values.length,
    (index) => gateAt(index) * (row.values[index] as number) * weightOf(index),
    (index) => {
      const factors = [factorAt(row, index), factor(weightOf(index))];
      const label = placed(row.symbol, index);
      const gate = gateOf?.(index);
      if (!gate) return term(label, factors);
      const symbol = placed(gate.row.symbol, gate.at);
      return term(`${symbol} × ${label}`, [factorAt(gate.row, gate.at), ...factors]);
    },
  );
}

/** An explanation whose terms add up. */
export function summed(
  formula: string,
  parts: readonly Part[],
  more: (sum: number) => readonly Result[] = () => [],
  note: Translated<string> | null = null,
): Explanation {
  const sum = parts.reduce((total, each) => total + each.sum, 0);
  const results = [{ label: both("Σ"), value: sum }, ...more(sum)];
  const { value: total } = results.at(-1) as Result;
  return { formula, rule: "sum", parts, results, total, note };
}

/** The number that an explained number is equal to. */
export interface Original {
  /** The name of the part; none by default. */
  readonly name?: Translated<string> | null;
  readonly label: Translated<string> | string;
  readonly only: Factor;
  readonly note?: Translated<string> | null | undefined;
}

/** An explanation of a number that is another one. */
export function copied(
  formula: string,
  { name = null, label, only, note = null }: Original,
): Explanation {
  const results = [{ label: both("="), value: only.value }];
  const parts = [part(name, [term(label, [only])])];
  return { formula, rule: "sum", parts, results, total: only.value, note };
}
