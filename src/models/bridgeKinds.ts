/** @file How each kind of bridge makes the decoder's first states; `bridge.ts` makes their graphs. */

import type { Equation } from "../nn/equation.ts";
import { bias, projection } from "../nn/equation.ts";
import type { Bridge, ModelConfiguration } from "./modelConfiguration.ts";

/** A kind of bridge. */
export interface BridgeKind {
  /** What the first states are made of: cells' last states, the source's summary, or nothing. */
  readonly source: "cells" | "summary" | "zero";
  /**
   * The cells whose last states, one behind the other, make those of a layer of the decoder.
   *
   * @param encoder the encoder's cells, layer by layer.
   */
  from<Cell>(encoder: readonly (readonly Cell[])[], layer: number): readonly Cell[];
  /**
   * The weights W of tanh(W h), by the number of the first state; absent where states are handed on as they
   * are. What has the same weights is the same for all layers.
   */
  readonly weight?: (state: number) => string;
  /** Whether a bias `NAME.bias` is added. */
  readonly hasBias?: boolean;
  /**
   * How a number of a first state is made. Vectors are `cells` and `summary`; `{first}` is the letter of the
   * state.
   *
   * @param state the number of the first state.
   */
  readonly equation: (state: number) => Equation;
}

/** A state that is handed on as it is. */
const same = (): Equation => ({ formula: "{first}₀ = {cells}", same: "cells" });

const layerByLayer: BridgeKind = {
  source: "cells",
  from: (encoder, layer) => encoder[layer] ?? [],
  equation: same,
};

/** The kinds of bridges; what each does is said at `Bridge`. */
export const bridgeKinds: Readonly<Record<Bridge, BridgeKind>> = {
  copy: layerByLayer,
  linear: {
    ...layerByLayer,
    weight: (state) => `bridge.${state}`,
    hasBias: true,
    equation: (state) => ({
      formula: "{first}₀ = tanh({cells}·W + b)",
      parts: [projection("cells", `bridge.${state}`), bias(`bridge.${state}.bias`)],
      after: "tanh",
    }),
  },
  firstBackward: {
    source: "cells",
    from: ([first = []]) => first.slice(-1),
    weight: () => "bridge.W_s",
    equation: () => ({
      formula: "s₀ = tanh(←h·Wₛ)",
      parts: [projection("cells", "bridge.W_s")],
      after: "tanh",
    }),
  },
  backward: {
    source: "cells",
    from: (encoder, layer) => encoder[layer]?.slice(-1) ?? [],
    equation: same,
  },
  interleave: {
    source: "cells",
    from: (encoder, layer) =>
      encoder[Math.floor(layer / 2)]?.slice(layer % 2, (layer % 2) + 1) ?? [],
    equation: same,
  },
  summary: {
    source: "summary",
    from: () => [],
    weight: () => "bridge.V_prime",
    equation: () => ({
      formula: "s₀ = tanh({summary}·V′)",
      parts: [projection("summary", "bridge.V_prime")],
      after: "tanh",
    }),
  },
  zero: {
    source: "zero",
    from: () => [],
    equation: () => ({ formula: "{first}₀ = 0", zero: true }),
  },
};

/** How the fixed context of a decoder without attention is made of `cells`, the encoder's last hidden states. */
export const summaryEquations: Readonly<Record<ModelConfiguration["summary"], Equation>> = {
  none: { formula: "c = 0", zero: true },
  last: { formula: "c = h", same: "cells" },
  linear: { formula: "c = tanh(h·V)", parts: [projection("cells", "bridge.V")], after: "tanh" },
};
