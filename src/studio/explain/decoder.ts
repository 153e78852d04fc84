/** @file The arithmetic behind the decoder's numbers, from the embedding of a word to the next one's probability. */

import type { DecoderLayer, Signal } from "../../models/wiring.ts";
import { wiringOf } from "../../models/wiring.ts";
import { startId } from "../../tensor/specialIds.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { spelled } from "../text/spelling.ts";
import { explainScoring } from "./attention.ts";
import type { CellSite } from "./cells.ts";
import { cellSite, explainCell } from "./cells.ts";
import {
  enteringRow,
  explainContext,
  explainGate,
  explainWeight,
  explainWeighted,
} from "./context.ts";
import { explainResidual } from "./encoder.ts";
import type { Explanation } from "./explanation.ts";
import { copied, factor } from "./explanation.ts";
import {
  explainLogit,
  explainLogProbability,
  explainReadout,
  explainReadoutPart,
} from "./readout.ts";
import type { Weights } from "./rows.ts";
import { rowOf, signalRow, weightAt } from "./rows.ts";
import { explainScope } from "./scope.ts";
import { words } from "./words.ts";
import type { NamedRow } from "./written.ts";

/** Explains a number of a decoder step's tensors; null if there is nothing to explain. */
export function explainDecoder(trace: Trace, weights: Weights, pick: Pick): Explanation | null {
  const { tensor, step, index } = pick;
  if (!trace.steps[step]) return null;
  const cell = /^decoder\.(\d+)\.(\w+)$/.exec(tensor);
  if (cell) {
    const [, layer, name] = cell as unknown as [string, string, string];
    const site = decoderSite(trace, step, Number(layer));
    return name === "output"
      ? explainResidual(site, index)
      : explainCell(site, weights, name, index);
  }
  switch (tensor) {
    case "embedding":
      return explainEmbedding(trace, weights, pick);
    case "attention.projected_query":
      return explainScoring(trace, weights, "projected", { step, position: 0, index });
    case "attention.scores":
      return explainScoring(trace, weights, "score", { step, position: index, index: 0 });
    case "attention.centre":
      return explainScope(trace, weights, "centre", pick);
    case "attention.aligned":
      return explainScope(trace, weights, "aligned", pick);
    case "attention.weights":
    case "attention.own_weights":
      return explainWeight(trace, weights, pick);
    case "weighted":
      return explainWeighted(trace, pick);
    case "context":
      return explainContext(trace, pick);
    case "context_gate":
      return explainGate(trace, weights, "gate", pick);
    case "gated_context":
      return explainGate(trace, weights, "gated", pick);
    case "readout":
      return explainReadout(trace, weights, step, index);
    case "logits":
      return explainLogit(trace, weights, step, index);
    case "log_probabilities":
      return explainLogProbability(trace, step, index);
    default:
      return explainReadoutPart(trace, weights, { tensor, step, index });
  }
}

function decoderSite(trace: Trace, step: number, layer: number): CellSite {
  const { model, steps } = trace;
  const { name, below, states, further, output } = wiringOf(model).decoder[layer] as DecoderLayer;
  const [hidden, cell] = states;
  const rows: Record<string, NamedRow> = {
    input: {
      row: signalRow(trace, below, step, "x"),
      name:
        layer === 0 ? words.embeddingOf(spelled(steps[step]?.input ?? "")) : words.layerBelow(null),
    },
    state: { row: signalRow(trace, hidden as Signal, step, "h₋₁"), name: words.stateBefore },
  };
  if (cell) rows["cell"] = { row: signalRow(trace, cell, step, "c₋₁"), name: null };
  if (further) rows["further"] = enteringRow(trace, further.signal, step);
  return cellSite(model, {
    prefix: `${name}.`,
    size: output.size,
    rows,
    made: (each, symbol) =>
      rowOf(trace, { side: "decoder", tensor: `${name}.${each}`, step }, symbol),
    further: further?.weight ?? null,
  });
}

function explainEmbedding(trace: Trace, weights: Weights, { step, index }: Pick): Explanation {
  const { input, inputId } = trace.steps[step] as Trace["steps"][number];
  if (trace.model.startInput === "zero" && inputId === startId) {
    return copied("y = 0", { label: "0", only: factor(0), note: words.noStart });
  }
  const value = weightAt(weights, "target_embedding", inputId, index);
  const label = words.tableRow(inputId, spelled(input));
  return copied(`y = E[${inputId}]`, {
    name: words.targetTable,
    label,
    only: factor(value),
    note: words.learned,
  });
}
