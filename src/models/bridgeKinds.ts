/** @file How each kind of bridge makes the decoder's first states; `bridge.ts` makes their graphs. */

import type { Bridge } from "./modelConfiguration.ts";

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
}

const layerByLayer: BridgeKind = {
  source: "cells",
  from: (encoder, layer) => encoder[layer] ?? [],
};

/** The kinds of bridges; what each does is said at `Bridge`. */
export const bridgeKinds: Readonly<Record<Bridge, BridgeKind>> = {
  copy: layerByLayer,
  linear: { ...layerByLayer, weight: (state) => `bridge.${state}`, hasBias: true },
  firstBackward: {
    source: "cells",
    from: ([first = []]) => first.slice(-1),
    weight: () => "bridge.W_s",
  },
  backward: { source: "cells", from: (encoder, layer) => encoder[layer]?.slice(-1) ?? [] },
  interleave: {
    source: "cells",
    from: (encoder, layer) =>
      encoder[Math.floor(layer / 2)]?.slice(layer % 2, (layer % 2) + 1) ?? [],
  },
  summary: { source: "summary", from: () => [], weight: () => "bridge.V_prime" },
  zero: { source: "zero", from: () => [] },
};
