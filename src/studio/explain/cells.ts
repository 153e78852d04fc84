/** @file The arithmetic inside one step of an LSTM, a GRU or a plain recurrent cell. */

import type { Trace } from "../../trace/trace.ts";
import { formatNumber } from "../text/numbers.ts";
import type { Translated } from "../text/translated.ts";
import type { Explanation, GateOf, Part, Result, Term } from "./explanation.ts";
import { both, factor, factorAt, part, products, summed, term } from "./explanation.ts";
import type { Row, Weights } from "./rows.ts";
import { columnOf, weightAt } from "./rows.ts";
import { words } from "./words.ts";

/** The kinds of cells. */
export type CellKind = Trace["model"]["cell"];

/** Something that enters a cell's step, and what it is called. */
export interface CellInput {
  readonly row: Row;
  readonly name: Translated<string>;
}

/** What all cells of a model have in common. */
export interface CellOptions {
  readonly kind: CellKind;
  /** Whether it has biases, and whether a GRU's reset gate acts after the product. */
  readonly hasBias: boolean;
  readonly isResetAfter: boolean;
  /** The bound of an LSTM's cell state; 0 for none. */
  readonly clip: number;
}

/** One step of one cell. */
export interface CellSite extends CellOptions {
  /** What its weights and tensors begin with, such as `encoder.0.forward`. */
  readonly name: string;
  readonly size: number;
  readonly x: CellInput;
  /** The hidden state before the step. */
  readonly h: CellInput;
  /** The cell state before the step; an LSTM's. */
  readonly c: Row;
  /** Another input, with the name of its weights: the fed vector or the context. */
  readonly more: (CellInput & { readonly weight: string; readonly letter: string }) | null;
  /** What the step computed, by the cell's own names. */
  readonly made: (name: string, symbol: string) => Row;
}

/** What is made of the inputs by the weights, in the order in which the weights have it. */
const gates: Readonly<Record<CellKind, readonly string[]>> = {
  lstm: ["input_gate", "forget_gate", "candidate", "output_gate"],
  gru: ["reset_gate", "update_gate", "candidate"],
  rnn: ["hidden_state"],
};

/** The letters of equations for what a cell computes. */
export const cellLetters: Readonly<Record<string, string>> = {
  input_gate: "i",
  forget_gate: "f",
  output_gate: "o",
  reset_gate: "r",
  update_gate: "z",
  cell_state: "c",
  hidden_state: "h",
};

/** The letter of a cell's tensor: a candidate is g in an LSTM and n in a GRU. */
export function cellLetter(kind: CellKind, name: string): string {
  if (name === "candidate") return kind === "lstm" ? "g" : "n";
  return cellLetters[name] ?? name;
}

/** Explains a number of what a cell's step computes; null if it computes nothing of that name. */
export function explainCell(
  site: CellSite,
  weights: Weights,
  name: string,
  index: number,
): Explanation | null {
  if (gates[site.kind].includes(name)) {
    return explainGate(site, weights, name, index);
  }
  if (name === "cell_state") return explainCellState(site, index);
  if (name !== "hidden_state") return null;
  return site.kind === "lstm" ? explainLstmState(site, index) : explainGruState(site, index);
}

function explainGate(site: CellSite, weights: Weights, name: string, index: number): Explanation {
  const { kind, size, x, more } = site;
  const gate = gates[kind].indexOf(name);
  const column = gate * size + index;
  const isGated = kind === "gru" && name === "candidate";
  const isSquashed = name === "candidate" || kind === "rnn";
  const parts: Part[] = [
    products(x.name, x.row, columnOf(weights, `${site.name}.weight_ih`, column)),
    recurrentPart(site, weights, gate, index),
  ];
  if (more) {
    const from = columnOf(weights, `${site.name}.${more.weight}`, column);
    parts.push(products(more.name, more.row, from));
  }
  if (site.hasBias) parts.push(biasPart(site, weights, isGated, column, index));
  const squash = isSquashed ? "tanh" : "σ";
  const squashed = (sum: number): Result => ({
    label: both(`${squash}(Σ)`),
    value: isSquashed ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum)),
  });
  const formula = `${cellLetter(kind, name)} = ${squash}(${sumFormula(site, isGated)})`;
  return summed(formula, parts, (sum) => [squashed(sum)]);
}

/** What is squashed, as an equation. */
function sumFormula(
  { x, h, more, hasBias, isResetAfter, kind }: CellSite,
  isGated: boolean,
): string {
  const ownBias = hasBias && isResetAfter && kind === "gru" ? " + b′" : "";
  const state = isGated
    ? isResetAfter
      ? `r×(${h.row.symbol}·U${ownBias})`
      : `(r×${h.row.symbol})·U`
    : `${h.row.symbol}·U${ownBias}`;
  const extra = more ? ` + ${more.row.symbol}·${more.letter}` : "";
  return `${x.row.symbol}·W + ${state}${extra}${hasBias ? " + b" : ""}`;
}

/** The bias, and that of the state's half where the reset gate acts after the product. */
function biasPart(
  { name, kind, isResetAfter, made }: CellSite,
  weights: Weights,
  isGated: boolean,
  column: number,
  index: number,
): Part {
  const terms: Term[] = [term("b", [factor(weightAt(weights, `${name}.bias`, 0, column))])];
  if (kind === "gru" && isResetAfter) {
    const own = factor(weightAt(weights, `${name}.bias_hh`, 0, column));
    terms.push(
      isGated ? term("r × b′", [factorAt(made("reset_gate", "r"), index), own]) : term("b′", [own]),
    );
  }
  return part(words.bias, terms);
}

/** The part of the state before; a GRU's candidate sees it behind the reset gate. */
function recurrentPart(
  { kind, name, size, h, made, isResetAfter }: CellSite,
  weights: Weights,
  gate: number,
  index: number,
): Part {
  if (kind !== "gru") {
    return products(h.name, h.row, columnOf(weights, `${name}.weight_hh`, gate * size + index));
  }
  if (isResetAfter) {
    const column = columnOf(weights, `${name}.weight_hh`, gate * size + index);
    if (gate < 2) return products(h.name, h.row, column);
    return products(h.name, h.row, column, constant(made("reset_gate", "r"), index));
  }
  if (gate < 2) {
    return products(
      h.name,
      h.row,
      columnOf(weights, `${name}.weight_hh_gates`, gate * size + index),
    );
  }
  const inner = columnOf(weights, `${name}.weight_hh_candidate`, index);
  return products(h.name, h.row, inner, (at) => ({ row: made("reset_gate", "r"), at }));
}

/** One number of a gate for all terms. */
function constant(row: Row, at: number): GateOf {
  return () => ({ row, at });
}

function explainCellState({ c, made, clip }: CellSite, index: number): Explanation {
  const [forget, input] = [made("forget_gate", "f"), made("input_gate", "i")];
  const candidate = made("candidate", "g");
  const terms = part(null, [
    term(words.keptCell, [factorAt(forget, index), factorAt(c, index)]),
    term(words.newCell, [factorAt(input, index), factorAt(candidate, index)]),
  ]);
  if (clip === 0) return summed("c = f × c₋₁ + i × g", [terms]);
  const cut = (sum: number): number => Math.max(-clip, Math.min(clip, sum));
  return summed(`c = f × c₋₁ + i × g, −${clip} … ${clip}`, [terms], (sum) => [
    { label: words.within(clip), value: cut(sum) },
  ]);
}

function explainLstmState({ made }: CellSite, index: number): Explanation {
  const cell = made("cell_state", "c");
  const state = cell.values[index] as number;
  const squashed = factor(Math.tanh(state), cell.pickAt(index), `tanh(${formatNumber(state)})`);
  const product = term("o × tanh(c)", [factorAt(made("output_gate", "o"), index), squashed]);
  return summed("h = o × tanh(c)", [part(null, [product])]);
}

function explainGruState({ h, made }: CellSite, index: number): Explanation {
  const update = made("update_gate", "z");
  const z = update.values[index] as number;
  const rest = factor(1 - z, update.pickAt(index), `(1 − ${formatNumber(z)})`);
  return summed("h = z × h₋₁ + (1 − z) × n", [
    part(null, [
      term(words.keptState, [factorAt(update, index), factorAt(h.row, index)]),
      term(words.newState, [rest, factorAt(made("candidate", "n"), index)]),
    ]),
  ]);
}
