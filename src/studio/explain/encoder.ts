/** @file The arithmetic behind the encoder's numbers, and the states that it hands over. */

import type { EncoderCell, EncoderLayer } from "../../models/wiring.ts";
import { wiringOf } from "../../models/wiring.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { spelled } from "../text/spelling.ts";
import { explainScoring } from "./attention.ts";
import { explainHandedOver, explainSummary } from "./bridge.ts";
import type { CellSite } from "./cells.ts";
import { cellSite, explainCell } from "./cells.ts";
import type { Explanation } from "./explanation.ts";
import { copied, factor, factorAt, part, products, summed, term } from "./explanation.ts";
import { explainFeatures } from "./features.ts";
import { layerOutput, stateLabel } from "./layerRows.ts";
import type { Weights } from "./rows.ts";
import { columnOf, concatenatedOrOne, rowOf, weightAt, zeros } from "./rows.ts";
import { words } from "./words.ts";
import type { NamedRow } from "./written.ts";

/** The token that a cell read before the one at `position`; undefined at its first step. */
export function positionBefore(trace: Trace, name: string, position: number): number | undefined {
  const { order } = trace.encoder;
  const step = order.indexOf(position);
  return order[name.endsWith(".backward") ? step + 1 : step - 1];
}

/** Explains a number of the encoder's tensors; null if there is nothing to explain. */
export function explainEncoder(trace: Trace, weights: Weights, pick: Pick): Explanation | null {
  const { tensor, step, index } = pick;
  const { sourceInput } = trace.model;
  const made = sourceInput === "features" ? explainFeatures(trace, weights, pick) : null;
  if (made) return made;
  if (tensor === "source_embedding") {
    const [id, token] = [trace.source.ids[step] ?? 0, trace.source.tokens[step] ?? ""];
    const value = weightAt(weights, "source_embedding", id, index);
    const label = words.tableRow(id, spelled(token));
    return copied(`x = E[${id}]`, {
      name: words.sourceTable,
      label,
      only: factor(value),
      note: words.learned,
    });
  }
  if (tensor === "source_convolution") return explainConvolution(trace, weights, pick);
  const { encoder, memory } = wiringOf(trace.model);
  if (tensor === "memory" && encoder.length === 0) {
    const [read = ""] = memory;
    const row = rowOf(trace, { side: "encoder", tensor: read, step }, "x");
    const label = stateLabel(row, index);
    return copied("h̄ = x", {
      name: words.placeVector,
      label,
      only: factorAt(row, index),
      note: words.sameNumber,
    });
  }
  if (tensor === "memory") return explainOutput(trace, encoder.length - 1, pick, "h̄");
  const below = /^joined\.(\d+)$/.exec(tensor);
  if (below) return explainOutput(trace, Number(below[1]), pick, "x");
  if (tensor === "summary") return explainSummary(trace, weights, index);
  if (tensor === "keys") {
    return explainScoring(trace, weights, "key", { step: 0, position: step, index });
  }
  const state = /^state\.(\d+)$/.exec(tensor);
  if (state) return explainHandedOver(trace, weights, Number(state[1]), index);
  const cell = /^(encoder\.(\d+)(?:\.forward|\.backward)?)\.(\w+)$/.exec(tensor);
  if (!cell) return null;
  const [, name, layer, which] = cell as unknown as [string, string, string, string];
  if (step < 0)
    return copied(`${which === "cell_state" ? "c" : "h"} = 0`, {
      label: "0",
      only: factor(0),
      note: words.zero,
    });
  const site = encoderSite(trace, name, Number(layer), step);
  return which === "output"
    ? explainResidual(site, index)
    : explainCell(site, weights, which, index);
}

/** The embeddings of a word and its neighbours in reading order, each times a matrix of its own. */
function explainConvolution(trace: Trace, weights: Weights, { step, index }: Pick): Explanation {
  const { sourceConvolution: width, embedding } = trace.model;
  const { order } = trace.encoder;
  const first = order.indexOf(step) - Math.floor((width - 1) / 2);
  const parts = Array.from({ length: width }, (_, at) => {
    const position = order[first + at];
    // Beyond the ends of the sentence there are zeros.
    if (position === undefined) return [];
    const row = rowOf(trace, { side: "encoder", tensor: "source_embedding", step: position }, "x");
    const name = words.embeddingOf(spelled(trace.source.tokens[position] ?? ""));
    const weightOf = columnOf(weights, "source_convolution.W", index);
    return [products(name, row, (unit) => weightOf(at * embedding + unit))];
  });
  const bias = weightAt(weights, "source_convolution.bias", 0, index);
  return summed("y = Σ x·Wₖ + b", [...parts.flat(), part(words.bias, [term("b", [factor(bias)])])]);
}

/** What a layer hands on: its states, those of both directions, or of a residual layer its outputs. */
function explainOutput(
  trace: Trace,
  layer: number,
  { step, index }: Pick,
  symbol: string,
): Explanation {
  const row = layerOutput(trace, layer, step, "h");
  const isJoined = (wiringOf(trace.model).encoder[layer]?.cells.length ?? 0) > 1;
  const [formula, name] = isJoined
    ? [`${symbol} = [→h ; ←h]`, words.joinedStates]
    : [`${symbol} = h`, words.topState];
  return copied(formula, {
    name,
    label: stateLabel(row, index),
    only: factorAt(row, index),
    note: words.sameNumber,
  });
}

/** A residual layer's output: what went into it and its hidden state, added. */
export function explainResidual({ vector }: CellSite, index: number): Explanation {
  return summed("y = x + h", [
    part(null, [
      term(words.residualInput, [factorAt(vector("input").row, index)]),
      term(words.residualState, [factorAt(vector("hidden_state").row, index)]),
    ]),
  ]);
}

/** What the bottom of the encoder reads of a token. */
function inputName({ sourceConvolution }: Trace["model"], token: string): NamedRow["name"] {
  return sourceConvolution > 0 ? words.convolutionAt(token) : words.embeddingOf(token);
}

/** One step of one of the encoder's cells: the one called `name` at a position of the sentence. */
export function encoderSite(trace: Trace, name: string, layer: number, position: number): CellSite {
  const { model, source } = trace;
  const { cells, size } = wiringOf(model).encoder[layer] as EncoderLayer;
  const { inputs } = cells.find((cell) => cell.name === name) as EncoderCell;
  const before = positionBefore(trace, name, position);
  const token = spelled(source.tokens[position] ?? "");
  const rows = inputs.map((tensor) =>
    rowOf(trace, { side: "encoder", tensor, step: position }, "x"),
  );
  const stateBefore = (state: string, symbol: string): NamedRow =>
    before === undefined
      ? { row: zeros(size, symbol), name: words.noState }
      : {
          row: rowOf(trace, { side: "encoder", tensor: `${name}.${state}`, step: before }, symbol),
          name: words.stateAfter(spelled(source.tokens[before] ?? "")),
        };
  return cellSite(model, {
    prefix: `${name}.`,
    size,
    rows: {
      input: {
        row: concatenatedOrOne(rows, "x"),
        name: layer === 0 ? inputName(model, token) : words.layerBelow(token),
      },
      state: stateBefore("hidden_state", "h₋₁"),
      cell: stateBefore("cell_state", "c₋₁"),
    },
    made: (each, symbol) =>
      rowOf(trace, { side: "encoder", tensor: `${name}.${each}`, step: position }, symbol),
    further: null,
  });
}
