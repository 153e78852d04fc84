/** @file The arithmetic behind the encoder's numbers, and the states that it hands over. */

import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { spelled } from "../text/spelling.ts";
import { explainHandedOver, explainSummary } from "./bridge.ts";
import type { CellInput, CellOptions, CellSite } from "./cells.ts";
import { explainCell } from "./cells.ts";
import type { Explanation } from "./explanation.ts";
import { copied, factor, factorAt, part, products, summed, term } from "./explanation.ts";
import { explainFeatures } from "./features.ts";
import { layerOutput, stateLabel } from "./layerRows.ts";
import type { Row, Weights } from "./rows.ts";
import { columnOf, joinedOrOne, rowOf, weightAt, zeros } from "./rows.ts";
import { cellsBelow, encoderCells, encoderDepth, encoderState, outputOf } from "./structure.ts";
import { words } from "./words.ts";

/** The token that a cell read before the one at `position`; undefined at its first step. */
export function positionBefore(trace: Trace, name: string, position: number): number | undefined {
  const { order } = trace.encoder;
  const step = order.indexOf(position);
  return order[name.endsWith(".backward") ? step + 1 : step - 1];
}

/** Explains a number of the encoder's tensors; null if there is nothing to explain. */
export function explainEncoder(trace: Trace, weights: Weights, pick: Pick): Explanation | null {
  const { tensor, step, index } = pick;
  const { encoder: kind, sourceInput } = trace.model;
  const made = sourceInput === "features" ? explainFeatures(trace, weights, pick) : null;
  if (made) return made;
  if (tensor === "source_embedding") {
    const [id, token] = [trace.source.ids[step] ?? 0, trace.source.tokens[step] ?? ""];
    const value = weightAt(weights, "source_embedding", id, index);
    const label = words.tableRow(id, spelled(token));
    return copied(`x = E[${id}]`, words.sourceTable, label, factor(value), words.learned);
  }
  const top = encoderDepth(trace.model) - 1;
  if (tensor === "memory" && kind === "none") {
    const row = rowOf(trace, "encoder", "source_embedding", step, "x");
    const label = stateLabel(row, index);
    return copied("h̄ = x", words.placeVector, label, factorAt(row, index), words.sameNumber);
  }
  if (tensor === "memory") return explainOutput(trace, top, step, index, "h̄");
  const below = /^joined\.(\d+)$/.exec(tensor);
  if (below) return explainOutput(trace, Number(below[1]), step, index, "x");
  if (tensor === "summary") return explainSummary(trace, weights, index);
  if (tensor === "keys") return explainKey(trace, weights, step, index);
  const state = /^state\.(\d+)$/.exec(tensor);
  if (state) return explainHandedOver(trace, weights, Number(state[1]), index);
  const cell = /^(encoder\.(\d+)(?:\.forward|\.backward)?)\.(\w+)$/.exec(tensor);
  if (!cell) return null;
  const [, name, layer, which] = cell as unknown as [string, string, string, string];
  if (step < 0)
    return copied(`${which === "cell_state" ? "c" : "h"} = 0`, null, "0", factor(0), words.zero);
  const site = encoderSite(trace, name, Number(layer), step);
  return which === "output"
    ? explainResidual(site, index)
    : explainCell(site, weights, which, index);
}

/** What a layer hands on: its states, those of both directions, or of a residual layer its outputs. */
function explainOutput(
  trace: Trace,
  layer: number,
  step: number,
  index: number,
  symbol: string,
): Explanation {
  const row = layerOutput(trace, layer, step, "h");
  const isJoined = encoderCells(trace.model, layer).length > 1;
  const [formula, name] = isJoined
    ? [`${symbol} = [→h ; ←h]`, words.joinedStates]
    : [`${symbol} = h`, words.topState];
  return copied(formula, name, stateLabel(row, index), factorAt(row, index), words.sameNumber);
}

/** A residual layer's output: what went into it and its hidden state, added. */
export function explainResidual({ x, made }: CellSite, index: number): Explanation {
  return summed("y = x + h", [
    part(null, [
      term(words.residualInput, [factorAt(x.row, index)]),
      term(words.residualState, [factorAt(made("hidden_state", "h"), index)]),
    ]),
  ]);
}

/** One step of one of the encoder's cells: the one called `name` at a position of the sentence. */
export function encoderSite(trace: Trace, name: string, layer: number, position: number): CellSite {
  const { model, source } = trace;
  const size = encoderState(model, layer);
  const before = positionBefore(trace, name, position);
  const token = spelled(source.tokens[position] ?? "");
  const x: CellInput =
    layer === 0
      ? {
          row: rowOf(trace, "encoder", "source_embedding", position, "x"),
          name: words.embeddingOf(token),
        }
      : { row: inputRow(trace, name, layer, position), name: words.layerBelow(token) };
  const stateBefore = (state: string, symbol: string): Row =>
    before === undefined
      ? zeros(size, symbol)
      : rowOf(trace, "encoder", `${name}.${state}`, before, symbol);
  const hName =
    before === undefined ? words.noState : words.stateAfter(spelled(source.tokens[before] ?? ""));
  return {
    ...cellKindOf(model),
    name,
    size,
    x,
    more: null,
    h: { row: stateBefore("hidden_state", "h₋₁"), name: hName },
    c: stateBefore("cell_state", "c₋₁"),
    made: (each, symbol) => rowOf(trace, "encoder", `${name}.${each}`, position, symbol),
  };
}

/** What a cell of an upper layer reads at a position: the outputs of the cells below it. */
function inputRow(trace: Trace, name: string, layer: number, position: number): Row {
  const rows = cellsBelow(trace.model, name, layer).map((cell) =>
    rowOf(trace, "encoder", outputOf(trace.model, cell, layer - 1), position, "x"),
  );
  return joinedOrOne(rows, "x");
}

/** What all cells of a model have in common. */
export function cellKindOf(model: Trace["model"]): CellOptions {
  return {
    kind: model.cell,
    hasBias: model.cellBias,
    clip: model.cellClip,
    isResetAfter: model.resetGate === "after",
  };
}

function explainKey(trace: Trace, weights: Weights, step: number, index: number): Explanation {
  const memory = rowOf(trace, "encoder", "memory", step, "h̄");
  const { attention, locations } = trace.model;
  if (attention === "dot") {
    const label = stateLabel(memory, index);
    return copied("k = h̄", null, label, factorAt(memory, index), words.sameNumber);
  }
  if (attention === "location") {
    const row = Math.min(step, locations - 1);
    const value = weightAt(weights, "attention.W_a", row, index);
    return copied(`k = Wₐ[${row}]`, null, words.locationRow(row), factor(value), words.learned);
  }
  const isProduct = attention === "general" || attention === "scaledGeneral";
  const [letter, name] = isProduct ? ["Wₐ", "attention.W_a"] : ["Uₐ", "attention.U_a"];
  return summed(`k = h̄·${letter}`, [
    products(null, memory, columnOf(weights, name as string, index)),
  ]);
}
