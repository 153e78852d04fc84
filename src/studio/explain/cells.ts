/** @file The arithmetic inside one step of an LSTM or a GRU. */

import type { Translated } from "../state/preferences.svelte.ts";
import { formatNumber } from "../words/numbers.ts";
import type { Explanation, Part, Result } from "./explanation.ts";
import { both, factor, factorAt, part, products, summed, term } from "./explanation.ts";
import type { Row, Weights } from "./rows.ts";
import { columnOf, weightAt } from "./rows.ts";
import { words } from "./words.ts";

/** Something that enters a cell's step, and what it is called. */
export interface CellInput {
  readonly row: Row;
  readonly name: Translated<string>;
}

/** One step of one cell. */
export interface CellSite {
  readonly kind: "lstm" | "gru";
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

/** The gates in the order in which the weights have them. */
const gates = {
  lstm: ["input_gate", "forget_gate", "candidate", "output_gate"],
  gru: ["reset_gate", "update_gate", "candidate"],
} as const;

/** The letters of equations for what a cell computes. */
export const cellLetters: Readonly<Record<string, string>> = {
  ...{ input_gate: "i", forget_gate: "f", output_gate: "o", reset_gate: "r", update_gate: "z" },
  ...{ cell_state: "c", hidden_state: "h" },
};

/** The letter of a cell's tensor: a candidate is g in an LSTM and n in a GRU. */
export function cellLetter(kind: "lstm" | "gru", name: string): string {
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
  if ((gates[site.kind] as readonly string[]).includes(name)) {
    return explainGate(site, weights, name, index);
  }
  if (name === "cell_state") return explainCellState(site, index);
  if (name !== "hidden_state") return null;
  return site.kind === "lstm" ? explainLstmState(site, index) : explainGruState(site, index);
}

function explainGate(site: CellSite, weights: Weights, name: string, index: number): Explanation {
  const { kind, size, x, h, more } = site;
  const gate = (gates[kind] as readonly string[]).indexOf(name);
  const column = gate * size + index;
  const isCandidate = name === "candidate";
  const parts: Part[] = [
    products(x.name, x.row, columnOf(weights, `${site.name}.weight_ih`, column)),
    recurrentPart(site, weights, gate, index),
  ];
  if (more) {
    const from = columnOf(weights, `${site.name}.${more.weight}`, column);
    parts.push(products(more.name, more.row, from));
  }
  const bias = weightAt(weights, `${site.name}.bias`, 0, column);
  parts.push(part(words.bias, [term("b", [factor(bias)])]));
  const state = kind === "gru" && isCandidate ? `(r×${h.row.symbol})` : h.row.symbol;
  const extra = more ? ` + ${more.row.symbol}·${more.letter}` : "";
  const squash = isCandidate ? "tanh" : "σ";
  const formula = `${cellLetter(kind, name)} = ${squash}(${x.row.symbol}·W + ${state}·U${extra} + b)`;
  const squashed = (sum: number): Result => ({
    label: both(`${squash}(Σ)`),
    value: isCandidate ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum)),
  });
  return summed(formula, parts, (sum) => [squashed(sum)]);
}

/** The part of the state before; a GRU's candidate sees it behind the reset gate. */
function recurrentPart(
  { kind, name, size, h, made }: CellSite,
  weights: Weights,
  gate: number,
  index: number,
): Part {
  if (kind === "lstm") {
    return products(h.name, h.row, columnOf(weights, `${name}.weight_hh`, gate * size + index));
  }
  if (gate < 2) {
    return products(
      h.name,
      h.row,
      columnOf(weights, `${name}.weight_hh_gates`, gate * size + index),
    );
  }
  const inner = columnOf(weights, `${name}.weight_hh_candidate`, index);
  return products(h.name, h.row, inner, made("reset_gate", "r"));
}

function explainCellState({ c, made }: CellSite, index: number): Explanation {
  const [forget, input] = [made("forget_gate", "f"), made("input_gate", "i")];
  const candidate = made("candidate", "g");
  return summed("c = f × c₋₁ + i × g", [
    part(null, [
      term(words.keptCell, [factorAt(forget, index), factorAt(c, index)]),
      term(words.newCell, [factorAt(input, index), factorAt(candidate, index)]),
    ]),
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
