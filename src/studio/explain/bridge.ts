/** @file The arithmetic of what the encoder hands over: the decoder's first states, and a source's summary. */

import type { Trace } from "../../trace/trace.ts";
import type { Explanation, Part } from "./explanation.ts";
import { both, copied, factor, factorAt, part, products, summed, term } from "./explanation.ts";
import { lastStates, stateLabel } from "./layerRows.ts";
import type { Row, Weights } from "./rows.ts";
import { columnOf, rowOf, weightAt } from "./rows.ts";
import { encoderCells, encoderDepth, stateNames } from "./structure.ts";
import { words } from "./words.ts";

const squashed = (formula: string, parts: readonly Part[]): Explanation =>
  summed(formula, parts, (sum) => [{ label: both("tanh(Σ)"), value: Math.tanh(sum) }]);

/** The one context of a decoder without attention (Cho): the last hidden state, or tanh of a layer of it. */
export function explainSummary(trace: Trace, weights: Weights, index: number): Explanation {
  const { model } = trace;
  const cells = encoderCells(model, encoderDepth(model) - 1);
  const last = lastStates(trace, cells, "hidden_state", "h");
  const lastName = lastNameOf(model);
  if (model.summary !== "linear") {
    const label = stateLabel(last, index);
    return copied("c = h", lastName, label, factorAt(last, index), words.sameNumber);
  }
  return squashed("c = tanh(h·V)", [
    products(lastName, last, columnOf(weights, "bridge.V", index)),
  ]);
}

/** The encoder's cells that a state of the decoder is handed over from. */
export function handedFrom(model: Trace["model"], layer: number): string[] {
  switch (model.bridge) {
    case "firstBackward":
      return ["encoder.0.backward"];
    case "interleave": {
      const cells = encoderCells(model, Math.floor(layer / 2));
      return [cells[layer % 2] as string];
    }
    case "backward":
      return [encoderCells(model, layer).at(-1) as string];
    case "summary":
    case "zero":
      return [];
    default:
      return encoderCells(model, layer);
  }
}

/** The decoder's first states, as the bridge makes them of the encoder's last. */
export function explainHandedOver(
  trace: Trace,
  weights: Weights,
  which: number,
  index: number,
): Explanation {
  const { model } = trace;
  const names = stateNames(model);
  const layer = Math.floor(which / names.length);
  if (layer >= model.layers) return explainBeginning(trace, which);
  const state = names[which % names.length] as string;
  const symbol = state === "cell_state" ? "c" : "h";
  if (model.bridge === "zero") {
    return copied(`${symbol}₀ = 0`, null, "0", factor(0), words.zeroBridge);
  }
  if (model.bridge === "summary") {
    const summary = rowOf(trace, "encoder", "summary", 0, "c");
    const from = columnOf(weights, "bridge.V_prime", index);
    return squashed("s₀ = tanh(c·V′)", [products(words.fromSummary, summary, from)]);
  }
  const row = lastStates(trace, handedFrom(model, layer), state, symbol);
  if (model.bridge === "firstBackward") {
    const from = columnOf(weights, "bridge.W_s", index);
    return squashed("s₀ = tanh(←h·Wₛ)", [products(words.firstBackward, row, from)]);
  }
  if (model.bridge !== "linear") {
    const label = stateLabel(row, index);
    const formula = `${symbol}₀ = ${label.replace(/\[.*/, "")}`;
    return copied(formula, lastNameOf(model), label, factorAt(row, index), words.sameNumber);
  }
  const isBoth = isJoined(model, layer);
  return explainLinear(weights, { row, which, index, symbol, isBoth, name: lastNameOf(model) });
}

const lastNameOf = ({ encoder }: Trace["model"]): (typeof words)["lastState" | "meanOfPlaces"] =>
  encoder === "none" ? words.meanOfPlaces : words.lastState;

const isJoined = (model: Trace["model"], layer: number): boolean =>
  encoderCells(model, layer).length > 1;

/** What is fed into the first step, or the number of that step, which are zero. */
function explainBeginning(trace: Trace, which: number): Explanation {
  const { model } = trace;
  const fed = model.layers * stateNames(model).length;
  if (!model.inputFeeding || which > fed)
    return copied("t = 0", null, "0", factor(0), words.zeroStep);
  const letter = model.attentionPlace === "between" ? "C" : "h̃";
  return copied(`${letter} = 0`, null, "0", factor(0), words.zero);
}

/** tanh of a linear layer of the last states. */
function explainLinear(
  weights: Weights,
  {
    row,
    which,
    index,
    symbol,
    isBoth,
    name,
  }: {
    row: Row;
    which: number;
    index: number;
    symbol: string;
    isBoth: boolean;
    name: Part["name"];
  },
): Explanation {
  const bias = weightAt(weights, `bridge.${which}.bias`, 0, index);
  const from = isBoth ? `[→${symbol} ; ←${symbol}]` : row.symbol;
  return squashed(`${symbol}₀ = tanh(${from}·W + b)`, [
    products(name, row, columnOf(weights, `bridge.${which}`, index)),
    part(words.bias, [term("b", [factor(bias)])]),
  ]);
}
