/**
 * @file How each kind of bridge makes the decoder's first states of the encoder's last ones; `bridge.ts` makes
 * the graphs.
 */

import type { Equation } from "../nn/equation.ts";
import { bias, projection } from "../nn/equation.ts";
import type { Bridge, ModelConfiguration } from "./modelConfiguration.ts";

/** The layer tanh(W h + b) of a bridge. */
export interface BridgeLayer {
  /** The name of W, by the number of the first state. */
  readonly weight: (state: number) => string;
  /** Whether there is a bias, whose name is that of W with `.bias` behind it. */
  readonly hasBias: boolean;
  /** Whether all layers of the decoder begin with the same state. */
  readonly isShared: boolean;
  /** What is done to h, as equations write it. */
  readonly written: string;
}

/** A kind of bridge. */
export interface BridgeKind {
  /** What the first states are made of: cells' last states, the source's summary, or nothing. */
  readonly source: "cells" | "summary" | "zero";
  /**
   * The cells whose last states, one behind the other, make those of a layer of the decoder, be it through a
   * summary.
   *
   * @param encoder the encoder's cells, layer by layer.
   */
  from<Cell>(encoder: readonly (readonly Cell[])[], layer: number): readonly Cell[];
  /** Absent where states are handed on as they are. */
  readonly layer?: BridgeLayer;
}

/** The kinds of bridges; what each does is said at `Bridge`. */
export const bridgeKinds: Readonly<Record<Bridge, BridgeKind>> = {
  copy: { source: "cells", from: (encoder, layer) => encoder[layer] ?? [] },
  linear: {
    source: "cells",
    from: (encoder, layer) => encoder[layer] ?? [],
    layer: {
      weight: (state) => `bridge.${state}`,
      hasBias: true,
      isShared: false,
      written: "·W + b",
    },
  },
  firstBackward: {
    source: "cells",
    from: ([first = []]) => first.slice(-1),
    layer: { weight: () => "bridge.W_s", hasBias: false, isShared: true, written: "·Wₛ" },
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
    layer: { weight: () => "bridge.V_prime", hasBias: false, isShared: true, written: "·V′" },
  },
  zero: { source: "zero", from: () => [] },
};

/**
 * How a number of a first state is made of `cells` or `summary`; `{first}` is the letter of the state.
 *
 * @param state the number of the first state.
 */
export function bridgeEquation(bridge: Bridge, state: number): Equation {
  const { source, layer } = bridgeKinds[bridge];
  if (source === "zero") return { formula: "{first}₀ = 0", zero: true };
  if (!layer) return { formula: `{first}₀ = {${source}}`, same: source };
  const { weight, hasBias, isShared, written } = layer;
  const name = weight(state);
  const product = projection(source, name);
  return {
    formula: `${isShared ? "s" : "{first}"}₀ = tanh({${source}}${written})`,
    parts: hasBias ? [product, bias(`${name}.bias`)] : [product],
    after: "tanh",
  };
}

/** How the fixed context of a decoder without attention is made of `cells`, the encoder's last hidden states. */
export const summaryEquations: Readonly<Record<ModelConfiguration["summary"], Equation>> = {
  none: { formula: "c = 0", zero: true },
  last: { formula: "c = h", same: "cells" },
  linear: { formula: "c = tanh(h·V)", parts: [projection("cells", "bridge.V")], after: "tanh" },
};
