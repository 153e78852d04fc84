/**
 * @file How each kind of bridge computes the decoder's initial states from the encoder's final states; `bridge.ts`
 * builds the graphs.
 */

import type { Equation } from "../nn/equation.ts";
import { bias, projection } from "../nn/equation.ts";
import type { Bridge, ModelConfiguration } from "./modelConfiguration.ts";

/** The layer W h + b of a bridge. */
export interface BridgeLayer {
  /** The name of W, by the index of the initial state. */
  readonly weight: (state: number) => string;
  /** Whether there is a bias, named like W with the suffix `.bias`. */
  readonly hasBias: boolean;
  /** The function of the sum. */
  readonly activation: ModelConfiguration["bridgeActivation"];
  /** Whether all layers of the decoder share one initial state. */
  readonly isShared: boolean;
  /** The sum behind h, as written in equations. */
  readonly written: string;
}

/** A kind of bridge. */
export interface BridgeKind {
  /** The source of the initial states: final states of cells, the source's summary, or nothing. */
  readonly source: "cells" | "summary" | "zero";
  /**
   * The cells whose concatenated final states give those of a decoder layer, directly or through a
   * summary.
   *
   * @param encoder the encoder's cells, layer by layer.
   */
  from<Cell>(encoder: readonly (readonly Cell[])[], layer: number): readonly Cell[];
  /** Absent if states are passed on unchanged. */
  readonly layer?: BridgeLayer;
}

/** What the layers of papers share that make one state for all layers of the decoder. */
const squashed = { hasBias: false, activation: "tanh", isShared: true } as const;

/** The kinds of bridges, described at `Bridge`, without what options change of them. */
const bridgeKinds: Readonly<Record<Bridge, BridgeKind>> = {
  copy: { source: "cells", from: (encoder, layer) => encoder[layer] ?? [] },
  linear: {
    source: "cells",
    from: (encoder, layer) => encoder[layer] ?? [],
    layer: {
      weight: (state) => `bridge.${state}`,
      hasBias: true,
      activation: "tanh",
      isShared: false,
      written: "·W + b",
    },
  },
  firstBackward: {
    source: "cells",
    from: ([first = []]) => first.slice(-1),
    layer: { ...squashed, weight: () => "bridge.W_s", written: "·Wₛ" },
  },
  backward: { source: "cells", from: (encoder, layer) => encoder[layer]?.slice(-1) ?? [] },
  interleave: {
    source: "cells",
    from: (encoder, layer) => {
      const cell = encoder[Math.floor(layer / 2)]?.[layer % 2];
      return cell === undefined ? [] : [cell];
    },
  },
  summary: {
    source: "summary",
    from: (encoder) => encoder.at(-1) ?? [],
    layer: { ...squashed, weight: () => "bridge.V_prime", written: "·V′" },
  },
  zero: { source: "zero", from: () => [] },
};

/** The bridge of a model. */
export function bridgeOf(
  model: Pick<ModelConfiguration, "bridge" | "bridgeActivation" | "bridgeBias">,
): BridgeKind {
  const kind = bridgeKinds[model.bridge];
  if (model.bridge !== "linear" || !kind.layer) return kind;
  const { bridgeActivation: activation, bridgeBias: hasBias } = model;
  const written = hasBias ? kind.layer.written : "·W";
  return { ...kind, layer: { ...kind.layer, activation, hasBias, written } };
}

/** A sum as an equation writes it with the function of a bridge's layer. */
function activated(sum: string, { activation }: Pick<BridgeLayer, "activation">): string {
  return activation === "none" ? sum : `${activation}(${sum})`;
}

/** How a bridge's layer is written in a text, for a product such as `h·W`; an empty text without a layer. */
export function layerFormula({ layer }: BridgeKind, product: string): string {
  return layer ? activated(layer.hasBias ? `${product} + b` : product, layer) : "";
}

/**
 * How an element of an initial state is computed from `cells` or `summary`; `{first}` is the letter of the state.
 *
 * @param state the index of the initial state.
 */
export function bridgeEquation({ source, layer }: BridgeKind, state: number): Equation {
  if (source === "zero") return { formula: "{first}₀ = 0", zero: true };
  if (!layer) return { formula: `{first}₀ = {${source}}`, same: source };
  const { weight, hasBias, isShared, written, activation } = layer;
  const name = weight(state);
  const product = projection(source, name);
  return {
    formula: `${isShared ? "s" : "{first}"}₀ = ${activated(`{${source}}${written}`, layer)}`,
    parts: hasBias ? [product, bias(`${name}.bias`)] : [product],
    ...(activation !== "none" && { after: activation }),
  };
}

/** The layers tanh(h V) through which the fixed context of a decoder without attention is computed, without a bias. */
export const summaryLayers: Readonly<
  Record<
    ModelConfiguration["summary"],
    { readonly weight: string; readonly written: string } | null
  >
> = { none: null, last: null, linear: { weight: "bridge.V", written: "·V" } };

/** How the fixed context of a decoder without attention is computed from `cells`, the encoder's final hidden states. */
export const summaryEquations: Readonly<Record<ModelConfiguration["summary"], Equation>> = {
  none: { formula: "c = 0", zero: true },
  last: { formula: "c = h", same: "cells" },
  linear: { formula: "c = tanh(h·V)", parts: [projection("cells", "bridge.V")], after: "tanh" },
};
