/** @file The arithmetic behind the encoder's numbers, and the states that it hands over. */

import type { Trace } from "../../trace/trace.ts";
import { spelled } from "../marks/spelled.ts";
import type { Pick } from "../state/selection.svelte.ts";
import type { CellInput, CellSite } from "./cells.ts";
import { explainCell } from "./cells.ts";
import type { Explanation, Part } from "./explanation.ts";
import {
  both,
  copied,
  factor,
  factorAt,
  part,
  placed,
  products,
  summed,
  term,
} from "./explanation.ts";
import type { Row, Weights } from "./rows.ts";
import { columnOf, joined, rowOf, weightAt, zeros } from "./rows.ts";
import { words } from "./words.ts";

/** A cell's states: hidden state first, and an LSTM's cell state. */
export function stateNames({ cell }: Trace["model"]): readonly ["hidden_state", "cell_state"?] {
  return cell === "lstm" ? ["hidden_state", "cell_state"] : ["hidden_state"];
}

/** The names of the cells of an encoder layer: two where it reads in both directions. */
export function encoderCells({ bidirectional }: Trace["model"], layer: number): string[] {
  const name = `encoder.${layer}`;
  return bidirectional && layer === 0 ? [`${name}.forward`, `${name}.backward`] : [name];
}

/** The token that a cell read before the one at `position`; undefined at its first step. */
export function positionBefore(trace: Trace, name: string, position: number): number | undefined {
  const { order } = trace.encoder;
  const step = order.indexOf(position);
  return order[name.endsWith(".backward") ? step + 1 : step - 1];
}

/** The token that a cell reads last: the one at which it knows the whole sentence. */
export function lastPosition(trace: Trace, name: string): number {
  const { order } = trace.encoder;
  return (name.endsWith(".backward") ? order[0] : order.at(-1)) as number;
}

/** Explains a number of the encoder's tensors; null if there is nothing to explain. */
export function explainEncoder(trace: Trace, weights: Weights, pick: Pick): Explanation | null {
  const { tensor, step, index } = pick;
  if (tensor === "source_embedding") {
    const [id, token] = [trace.source.ids[step] ?? 0, trace.source.tokens[step] ?? ""];
    const value = weightAt(weights, "source_embedding", id, index);
    const label = words.tableRow(id, spelled(token));
    return copied(`x = E[${id}]`, words.sourceTable, label, factor(value), words.learned);
  }
  if (tensor === "memory") {
    const row = layerOutput(trace, trace.model.layers - 1, step, "h");
    const isJoined = encoderCells(trace.model, trace.model.layers - 1).length > 1;
    const [formula, name] = isJoined
      ? ["h̄ = [→h ; ←h]", words.joinedStates]
      : ["h̄ = h", words.topState];
    return copied(formula, name, stateLabel(row, index), factorAt(row, index), words.sameNumber);
  }
  const below = /^joined\.(\d+)$/.exec(tensor);
  if (below) {
    const row = layerOutput(trace, Number(below[1]), step, "h");
    const label = stateLabel(row, index);
    const from = factorAt(row, index);
    return copied("x = [→h ; ←h]", words.joinedStates, label, from, words.sameNumber);
  }
  if (tensor === "keys") return explainKey(trace, weights, step, index);
  const state = /^state\.(\d+)$/.exec(tensor);
  if (state) return explainHandedOver(trace, weights, Number(state[1]), index);
  const cell = /^(encoder\.(\d+)(?:\.forward|\.backward)?)\.(\w+)$/.exec(tensor);
  if (!cell) return null;
  const [, name, layer, made] = cell as unknown as [string, string, string, string];
  if (step < 0)
    return copied(`${made === "cell_state" ? "c" : "h"} = 0`, null, "0", factor(0), words.zero);
  return explainCell(encoderSite(trace, name, Number(layer), step), weights, made, index);
}

/** What a layer hands to the one above: its hidden state, or those of both directions. */
export function layerOutput(trace: Trace, layer: number, position: number, symbol: string): Row {
  return joinedStates(trace, layer, "hidden_state", () => position, symbol);
}

/** A state of all of a layer's cells, each at its own position. */
function joinedStates(
  trace: Trace,
  layer: number,
  state: string,
  positionOf: (name: string) => number,
  symbol: string,
): Row {
  const rows = encoderCells(trace.model, layer).map((name) =>
    rowOf(trace, "encoder", `${name}.${state}`, positionOf(name), symbol),
  );
  return rows.length === 1 ? (rows[0] as Row) : joined(rows, symbol);
}

/** Where a number of a layer's output stands: in which direction's state, and at which place. */
function stateLabel(row: Row, index: number): string {
  const source = row.pickAt(index);
  const arrow = source?.tensor.includes(".forward.")
    ? "→"
    : source?.tensor.includes(".backward.")
      ? "←"
      : "";
  return placed(`${arrow}${row.symbol}`, source?.index ?? index);
}

/** One step of one of the encoder's cells: the one called `name` at a position of the sentence. */
export function encoderSite(trace: Trace, name: string, layer: number, position: number): CellSite {
  const { model, source } = trace;
  const size = layer === 0 ? model.encoderHidden : model.hidden;
  const before = positionBefore(trace, name, position);
  const token = spelled(source.tokens[position] ?? "");
  const x: CellInput =
    layer === 0
      ? {
          row: rowOf(trace, "encoder", "source_embedding", position, "x"),
          name: words.embeddingOf(token),
        }
      : { row: layerOutput(trace, layer - 1, position, "x"), name: words.layerBelow(token) };
  const stateBefore = (state: string, symbol: string): Row =>
    before === undefined
      ? zeros(size, symbol)
      : rowOf(trace, "encoder", `${name}.${state}`, before, symbol);
  const hName =
    before === undefined ? words.noState : words.stateAfter(spelled(source.tokens[before] ?? ""));
  return {
    ...{ kind: model.cell, name, size, x, more: null },
    h: { row: stateBefore("hidden_state", "h₋₁"), name: hName },
    c: stateBefore("cell_state", "c₋₁"),
    made: (each, symbol) => rowOf(trace, "encoder", `${name}.${each}`, position, symbol),
  };
}

function explainKey(trace: Trace, weights: Weights, step: number, index: number): Explanation {
  const memory = rowOf(trace, "encoder", "memory", step, "h̄");
  const { attention } = trace.model;
  if (attention === "dot") {
    return copied(
      "k = h̄",
      null,
      stateLabel(memory, index),
      factorAt(memory, index),
      words.sameNumber,
    );
  }
  const [letter, name] =
    attention === "general" ? ["Wₐ", "attention.W_a"] : ["Uₐ", "attention.U_a"];
  return summed(`k = h̄·${letter}`, [
    products(null, memory, columnOf(weights, name as string, index)),
  ]);
}

/** The decoder's first states, as the bridge makes them of the encoder's last. */
function explainHandedOver(
  trace: Trace,
  weights: Weights,
  which: number,
  index: number,
): Explanation {
  const { model } = trace;
  const names = stateNames(model);
  const layer = Math.floor(which / names.length);
  // With input feeding, the last is the attentional vector that there has not been yet.
  if (layer >= model.layers) return copied("h̃ = 0", null, "0", factor(0), words.zero);
  const squashed = (formula: string, parts: readonly Part[]): Explanation =>
    summed(formula, parts, (sum) => [{ label: both("tanh(Σ)"), value: Math.tanh(sum) }]);
  if (model.bridge === "firstBackward") {
    const backward = "encoder.0.backward";
    const tensor = `${backward}.hidden_state`;
    const row = rowOf(trace, "encoder", tensor, lastPosition(trace, backward), "h");
    const from = columnOf(weights, "bridge.W_s", index);
    return squashed("s₀ = tanh(←h·Wₛ)", [products(words.firstBackward, row, from)]);
  }
  const state = names[which % names.length] as string;
  const symbol = state === "cell_state" ? "c" : "h";
  const last = (name: string): number => lastPosition(trace, name);
  const row = joinedStates(trace, layer, state, last, symbol);
  if (model.bridge === "copy") {
    const label = stateLabel(row, index);
    return copied(
      `${symbol}₀ = ${symbol}`,
      words.lastState,
      label,
      factorAt(row, index),
      words.sameNumber,
    );
  }
  const bias = weightAt(weights, `bridge.${which}.bias`, 0, index);
  const isBoth = encoderCells(model, layer).length > 1;
  const from = isBoth ? `[→${symbol} ; ←${symbol}]` : symbol;
  return squashed(`${symbol}₀ = tanh(${from}·W + b)`, [
    products(words.lastState, row, columnOf(weights, `bridge.${which}`, index)),
    part(words.bias, [term("b", [factor(bias)])]),
  ]);
}
