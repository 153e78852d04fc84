/** @file The arithmetic behind the decoder's numbers, from the embedding of a word to the next one's probability. */

import { startId } from "../../tensor/specialIds.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { spelled } from "../text/spelling.ts";
import { explainQuery, explainScore } from "./attention.ts";
import type { CellInput, CellSite } from "./cells.ts";
import { explainCell } from "./cells.ts";
import {
  explainContext,
  explainContextGate,
  explainGatedContext,
  explainWeight,
  explainWeighted,
  takenContext,
} from "./context.ts";
import { cellKindOf, explainResidual } from "./encoder.ts";
import type { Explanation } from "./explanation.ts";
import { copied, factor } from "./explanation.ts";
import {
  explainAttentionalVector,
  explainLogit,
  explainLogProbability,
  explainReadout,
  explainReadoutSum,
  explainReadoutUnit,
} from "./readout.ts";
import type { Row, Weights } from "./rows.ts";
import { rowOf, weightAt } from "./rows.ts";
import { stateBefore } from "./states.ts";
import { contextInto, firstState, outputOf } from "./structure.ts";
import { explainAligned, explainCentre } from "./window.ts";
import { words } from "./words.ts";

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
      return explainQuery(trace, weights, pick);
    case "attention.scores":
      return explainScore(trace, weights, pick);
    case "attention.centre":
      return explainCentre(trace, weights, pick);
    case "attention.aligned":
      return explainAligned(trace, pick);
    case "attention.weights":
    case "attention.own_weights":
      return explainWeight(trace, pick);
    case "weighted":
      return explainWeighted(trace, pick);
    case "context":
      return explainContext(trace, pick);
    case "context_gate":
      return explainContextGate(trace, weights, pick);
    case "gated_context":
      return explainGatedContext(trace, pick);
    case "attentional_vector":
      return explainAttentionalVector(trace, weights, step, index);
    case "readout.sums":
      return explainReadoutSum(trace, weights, step, index);
    case "readout.units":
      return explainReadoutUnit(trace, step, index);
    case "readout":
      return explainReadout(trace, weights, step, index);
    case "logits":
      return explainLogit(trace, weights, step, index);
    case "log_probabilities":
      return explainLogProbability(trace, step, index);
    default:
      return null;
  }
}

function decoderSite(trace: Trace, step: number, layer: number): CellSite {
  const { model, steps } = trace;
  const x: CellInput =
    layer === 0
      ? {
          row: rowOf(trace, "decoder", "embedding", step, "x"),
          name: words.embeddingOf(spelled(steps[step]?.input ?? "")),
        }
      : {
          row: rowOf(
            trace,
            "decoder",
            outputOf(model, `decoder.${layer - 1}`, layer - 1),
            step,
            "x",
          ),
          name: words.layerBelow(null),
        };
  return {
    ...cellKindOf(model),
    name: `decoder.${layer}`,
    size: model.hidden,
    x,
    h: { row: stateBefore(trace, step, layer, "hidden_state", "h₋₁"), name: words.stateBefore },
    c: stateBefore(trace, step, layer, "cell_state", "c₋₁"),
    more: furtherInput(trace, step, layer),
    made: (each, symbol) => rowOf(trace, "decoder", `decoder.${layer}.${each}`, step, symbol),
  };
}

/** What a layer gets besides what comes from below: a context, or what is fed (Luong). */
function furtherInput(trace: Trace, step: number, layer: number): CellSite["more"] {
  const context = { weight: "weight_context", letter: "V" };
  switch (contextInto(trace.model, layer)) {
    case "current":
      return {
        ...takenContext(trace, step),
        ...context,
      };
    case "previous":
      return { row: fedRow(trace, step, "context", "C₋₁"), name: words.fedContext, ...context };
    case "summary":
      return {
        row: rowOf(trace, "encoder", "summary", 0, "c"),
        name: words.fromSummary,
        ...context,
      };
    default: {
      if (!trace.model.inputFeeding || layer > 0) return null;
      const row = fedRow(trace, step, "attentional_vector", "h̃₋₁");
      return { row, name: words.fed, weight: "weight_feed", letter: "V" };
    }
  }
}

/** What the step before feeds into this one; before the first it is the zero handed over for it. */
function fedRow(trace: Trace, step: number, tensor: string, symbol: string): Row {
  const { model } = trace;
  return step > 0
    ? rowOf(trace, "decoder", tensor, step - 1, symbol)
    : rowOf(trace, "encoder", firstState(model, model.layers), 0, symbol);
}

function explainEmbedding(trace: Trace, weights: Weights, { step, index }: Pick): Explanation {
  const { input, inputId } = trace.steps[step] as Trace["steps"][number];
  if (trace.model.startInput === "zero" && inputId === startId) {
    return copied("y = 0", null, "0", factor(0), words.noStart);
  }
  const value = weightAt(weights, "target_embedding", inputId, index);
  const label = words.tableRow(inputId, spelled(input));
  return copied(`y = E[${inputId}]`, words.targetTable, label, factor(value), words.learned);
}
