/** @file Equations of the model's parts, written out with the numbers of a trace. */

import type { Window } from "../../nn/attentionScope.ts";
import { gaussianAt, isInWindow } from "../../nn/attentionScope.ts";
import type {
  After,
  Equation,
  EquationPart,
  Operand,
  ParameterOperand,
  Sum,
  WindowOperand,
} from "../../nn/equation.ts";
import { largestOf, norm } from "../../tensor/extremes.ts";
import { formatNumber } from "../text/numbers.ts";
import type { Translated } from "../text/translated.ts";
import type { Explanation, Factor, Part, Result, Term } from "./explanation.ts";
import {
  both,
  copied,
  factor,
  factorAt,
  foldedPart,
  part,
  placed,
  summed,
  term,
} from "./explanation.ts";
import { stateLabel } from "./layerRows.ts";
import type { Row, Weights } from "./rows.ts";
import { weightAt } from "./rows.ts";
import { words } from "./words.ts";

/** A vector that an equation speaks of, and what its part of a sum is called. */
export interface NamedRow {
  readonly row: Row;
  readonly name: Translated<string> | null;
}

/** The place in a trace that an equation is written out for. */
export interface Site {
  /** The vectors that the equation names. */
  readonly vector: (name: string) => NamedRow;
  /** How formulas write a vector, where that is not its symbol. */
  readonly written?: Readonly<Record<string, string>>;
  /** What the names of parameters begin with. */
  readonly prefix?: string;
  /** How many numbers the explained vector has, where parameters consist of blocks. */
  readonly size?: number;
  /** The position in the source, where that chooses a row of a parameter. */
  readonly position?: number;
  /** What an element of a vector over source positions is called. */
  readonly label?: (index: number) => string;
  /** What else there is to say of a number that is no sum. */
  readonly note?: Translated<string>;
}

/** A site with the weights that belong to it. */
type Place = Site & { readonly weights: Weights };

/** Writes out an equation for the number at `index`. */
export function written(
  equation: Equation,
  place: Site,
  weights: Weights,
  index: number,
): Explanation {
  const site: Place = { ...place, weights };
  if ("largerOf" in equation) return larger(site.vector(equation.largerOf).row, index);
  if ("rowOf" in equation) return parameterRow(equation, site, index);
  if ("softmaxOf" in equation) return share(equation, site, index);
  if ("leastOf" in equation) {
    const sums = equation.leastOf.map((each) => writtenSum(each, site, index));
    return sums.reduce((least, each) => (each.total < least.total ? each : least));
  }
  if ("parts" in equation) return writtenSum(equation, site, index);
  const formula = writtenFormula(equation, site);
  if ("oneOf" in equation) return elementOf(formula, equation.oneOf, site, index);
  if ("zero" in equation) return copied(formula, { label: "0", only: factor(0), note: site.note });
  const { row, name } = site.vector(equation.same);
  return copied(formula, {
    name,
    label: stateLabel(row, index),
    only: factorAt(row, index),
    note: words.sameNumber,
  });
}

/** The element of the concatenation of vectors. */
function elementOf(
  formula: string,
  names: readonly string[],
  site: Place,
  index: number,
): Explanation {
  let at = index;
  for (const { row, name } of names.map(site.vector)) {
    if (at < row.values.length) {
      const label = placed(row.symbol, at);
      return copied(formula, { name, label, only: factorAt(row, at), note: words.sameNumber });
    }
    at -= row.values.length;
  }
  throw new RangeError(`The concatenation has no element ${index}.`);
}

function writtenFormula({ formula }: { readonly formula: string }, site: Site): string {
  return formula.replace(
    /\{(\w+)\}/g,
    (_, name: string) => site.written?.[name] ?? site.vector(name).row.symbol,
  );
}

function writtenSum(equation: Sum, site: Place, index: number): Explanation {
  const scales = equation.parts
    .flatMap((each) => ("over" in each ? each.factors : []))
    .flatMap((each) => ("parameter" in each && each.lengthOf ? [scaleOf(each, site)] : []));
  const remark = equation.remark ? words.remarks[equation.remark] : null;
  const note = scales[0] === undefined ? remark : words.normed(formatNumber(scales[0]));
  const parts = equation.parts.map((each) => writtenPart(each, site, index));
  const formula = writtenFormula(equation, site);
  return summed(formula, parts, (sum) => resultsOf(equation.after, sum, site), note);
}

type Share = Extract<Equation, { readonly softmaxOf: string }>;

/** A position's share in the sum of the exponentials of all scores, or of those inside the window. */
function share({ letter, softmaxOf, window }: Share, site: Place, index: number): Explanation {
  const { row } = site.vector(softmaxOf);
  const labelOf = site.label ?? ((at: number) => placed(row.symbol, at));
  const isInside = (at: number): boolean => !window || isInWindow(at, boundsOf(window, site));
  if (!isInside(index)) {
    const label = labelOf(index);
    return copied(`${letter} = 0`, { label, only: factor(0), note: words.outside });
  }
  const all = Array.from(row.values);
  const places = [...all.keys()].filter(isInside);
  const largest = largestOf(places.map((at) => all[at] as number));
  const power = (at: number): number => Math.exp((all[at] as number) - largest);
  const terms = places.map((at) => {
    const less = formatNumber((all[at] as number) - largest);
    return term(labelOf(at), [factor(power(at), row.pickAt(at), `exp(${less})`)]);
  });
  const { symbol } = row;
  return summed(
    `${letter} = exp(${symbol} − max ${symbol}) / Σ exp(${symbol} − max ${symbol})`,
    [part(window ? words.overWindow : null, terms)],
    (sum) => [
      {
        label: words.shareOf(labelOf(index), formatNumber(power(index))),
        value: power(index) / sum,
      },
    ],
    words.exponent(formatNumber(largest)),
  );
}

/** The window as numbers. */
function boundsOf({ centre, reach }: WindowOperand, site: Site): Window {
  return { centre: site.vector(centre).row.values[0] as number, reach };
}

function larger(row: Row, index: number): Explanation {
  const places = [2 * index, 2 * index + 1];
  const terms = places.map((at) => term(placed(row.symbol, at), [factorAt(row, at)]));
  const total = largestOf(terms.map(({ value }) => value));
  const results = [{ label: words.larger, value: total }];
  const formula = `t[${index}] = max(${places.map((at) => placed(row.symbol, at)).join(", ")})`;
  return { formula, rule: "largest", parts: [part(null, terms)], results, total, note: null };
}

function parameterRow(
  { formula, rowOf: name }: { readonly formula: string; readonly rowOf: string },
  { weights, position = 0 }: Place,
  index: number,
): Explanation {
  const row = Math.min(position, rowsOf(weights, name) - 1);
  const number = factor(weightAt(weights, name, row, index));
  return copied(formula.replace("{row}", String(row)), {
    label: words.locationRow(row),
    only: number,
    note: words.learned,
  });
}

function columnsOf(weights: Weights, name: string): number {
  return weights.get(name)?.shape[1] ?? 0;
}

/** How many rows a parameter has. */
export function rowsOf(weights: Weights, name: string): number {
  return weights.get(name)?.shape[0] ?? 0;
}

function writtenPart(each: EquationPart, site: Place, index: number): Part {
  if ("biases" in each) {
    return part(
      words.bias,
      each.biases.map((factors) => ownTerm(factors, site, index)),
    );
  }
  if ("terms" in each) {
    return part(
      null,
      each.terms.map(({ factors, role }) => ownTerm(factors, site, index, role)),
    );
  }
  if ("layer" in each) return layerPart(each, site, index);
  const { row, name } = site.vector(each.over);
  const readers = each.factors.map((operand) => readerOf(operand, site, index));
  return foldedPart(
    name,
    row.values.length,
    (unit) => readers.reduce((product, { value }) => product * value(unit), 1),
    (unit) => {
      const labels = readers.flatMap(({ label }) => label?.(unit) ?? []);
      const isSmallLayer = each.factors.some((operand) => "tanhOf" in operand);
      return term(
        isSmallLayer ? words.unit(unit) : labels.join(" × "),
        readers.map(({ factorAt: at }) => at(unit)),
      );
    },
  );
}

/** The units of a small layer, each multiplied by factors. */
function layerPart(
  { layer, factors }: Extract<EquationPart, { readonly layer: unknown }>,
  site: Place,
  index: number,
): Part {
  const { row } = site.vector(layer.vector);
  const inner = Array.from({ length: columnsOf(site.weights, layer.weight) }, (_, unit) => {
    let sum = 0;
    for (let at = 0; at < row.values.length; at++) {
      sum += (row.values[at] as number) * weightAt(site.weights, layer.weight, at, unit);
    }
    return sum;
  });
  const readers = factors.map((operand) => readerOf(operand, site, index));
  const made = (unit: number): number => Math.tanh(inner[unit] as number);
  return foldedPart(
    null,
    inner.length,
    (unit) => readers.reduce((product, { value }) => product * value(unit), made(unit)),
    (unit) => {
      const text = `tanh(${formatNumber(inner[unit] as number)})`;
      return term(words.unit(unit), [
        factor(made(unit), null, text),
        ...readers.map(({ factorAt: at }) => at(unit)),
      ]);
    },
  );
}

/** A term that stands alone, such as `f × c₋₁`. */
function ownTerm(
  factors: readonly Operand[],
  site: Place,
  index: number,
  role?: "kept" | "new",
): Term {
  const label = factors.map((operand) => symbolOf(operand, site)).join(" × ");
  return term(
    role ? words[role](label) : label,
    factors.map((operand) => readerOf(operand, site, index).factorAt(0)),
  );
}

function symbolOf(operand: Operand, site: Place): string {
  if ("parameter" in operand) return operand.letter ?? operand.parameter;
  if ("tanhOf" in operand) return `tanh(${operand.tanhOf.join(" + ")})`;
  if ("constant" in operand) return operand.letter;
  if ("gaussian" in operand) return "exp(−(s − p)² / (2σ²))";
  const { symbol } = site.vector(operand.vector).row;
  return writtenAs[operand.apply ?? "itself"](symbol, symbol);
}

/** A factor of terms: its number at a unit, how that is labelled, and how it is shown. */
interface Reader {
  readonly value: (unit: number) => number;
  readonly label?: (unit: number) => string;
  readonly factorAt: (unit: number) => Factor;
}

function readerOf(operand: Operand, site: Place, index: number): Reader {
  if ("parameter" in operand) {
    const value = parameterAt(operand, site, index);
    return { value, factorAt: (unit) => factor(value(unit)) };
  }
  if ("tanhOf" in operand) {
    const rows = operand.tanhOf.map((name) => site.vector(name).row);
    const numbers = (unit: number) => rows.map(({ values }) => values[unit] as number);
    const value = (unit: number) => Math.tanh(numbers(unit).reduce((sum, each) => sum + each));
    return {
      value,
      factorAt: (unit) => {
        const text = `tanh(${numbers(unit)
          .map((each) => formatNumber(each))
          .join(" + ")})`;
        return factor(value(unit), rows.at(-1)?.pickAt(unit), text);
      },
    };
  }
  if ("constant" in operand) {
    return { value: () => operand.constant, factorAt: () => factor(operand.constant) };
  }
  if ("gaussian" in operand) {
    const { row: centre } = site.vector(operand.gaussian.centre);
    const window = boundsOf(operand.gaussian, site);
    const value = gaussianAt(index, window);
    const text = `exp(−2 × (${formatNumber(index - window.centre)})² / ${window.reach}²)`;
    return { value: () => value, factorAt: () => factor(value, centre.pickAt(0), text) };
  }
  const { vector, at, apply = "itself" } = operand;
  const { row } = site.vector(vector);
  const length = apply === "direction" ? norm(Array.from(row.values)) : 1;
  const placeOf = (unit: number): number => ({ unit, own: index, only: 0 })[at];
  const numberAt = (unit: number) => row.values[placeOf(unit)] as number;
  const value = (unit: number) => applied[apply](numberAt(unit), length);
  return {
    value,
    label: (unit) => placed(row.symbol, placeOf(unit)),
    factorAt: (unit) => {
      const text = writtenAs[apply](formatNumber(numberAt(unit)), row.symbol);
      return factor(value(unit), row.pickAt(placeOf(unit)), text);
    },
  };
}

const applied = {
  itself: (x: number) => x,
  tanh: Math.tanh,
  oneMinus: (x: number) => 1 - x,
  direction: (x: number, length: number) => x / length,
} as const;

const writtenAs = {
  itself: (x: string) => x,
  tanh: (x: string) => `tanh(${x})`,
  oneMinus: (x: string) => `(1 − ${x})`,
  direction: (x: string, symbol: string) => `${x} / ‖${symbol}‖`,
} as const;

function parameterAt(
  operand: ParameterOperand,
  site: Place,
  index: number,
): (unit: number) => number {
  const { parameter, row, column, block = 0, lengthOf } = operand;
  const { weights, prefix = "", size = 0 } = site;
  const name = `${prefix}${parameter}`;
  const at = column === "first" ? 0 : block * size + index;
  const behind = typeof row === "object" ? site.vector(row.behind).row.values.length : 0;
  const scale = lengthOf ? scaleOf(operand, site) : 1;
  return (unit) => scale * weightAt(weights, name, row ? behind + unit : 0, at);
}

/** g / ‖v‖ of an upright vector v that is scaled by g. */
function scaleOf({ parameter, lengthOf = "" }: ParameterOperand, { weights }: Place): number {
  const all = Array.from({ length: rowsOf(weights, parameter) }, (_, row) =>
    weightAt(weights, parameter, row, 0),
  );
  return weightAt(weights, lengthOf, 0, 0) / norm(all);
}

function resultsOf(after: Sum["after"], sum: number, site: Place): Result[] {
  const results: Result[] = [];
  let before = { written: "Σ", value: sum };
  for (const each of after === undefined ? [] : ([after].flat() as After[])) {
    const { label, ...next } = resultOf(each, before, site);
    results.push({ label: label ?? both(next.written), value: next.value });
    before = next;
  }
  return results;
}

/** A number, and how it is written. */
interface WrittenNumber {
  readonly written: string;
  readonly value: number;
}

function resultOf(
  after: After,
  { written: x, value }: WrittenNumber,
  site: Place,
): WrittenNumber & { readonly label?: Translated<string> } {
  if (after === "tanh") return { written: `tanh(${x})`, value: Math.tanh(value) };
  if (after === "sigmoid") return { written: `σ(${x})`, value: 1 / (1 + Math.exp(-value)) };
  if ("within" in after) {
    const { within } = after;
    const clipped = Math.max(-within, Math.min(within, value));
    return { written: x, value: clipped, label: words.within(within) };
  }
  if ("timesVector" in after) {
    const { row } = site.vector(after.timesVector);
    const factorOf = row.values[0] as number;
    return { written: `${row.symbol} × ${x}`, value: factorOf * value };
  }
  const gain = weightAt(site.weights, after.times, 0, 0);
  return { written: `${x} × ${after.letter} (${formatNumber(gain)})`, value: value * gain };
}
