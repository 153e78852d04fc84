import { swapLastAxes } from "../../graph/operators/arrange.ts";
import { gather } from "../../graph/operators/gather.ts";
import { reshape } from "../../graph/operators/reshape.ts";
import { cast, less, minimum, select } from "../../graph/operators/select.ts";
import type { Dimension } from "../../graph/shape.ts";
import type { ScoreKind } from "./score.ts";
import { productEquation, productScores } from "./score.ts";

/**
 * W h, one number per position: Luong et al. (2015), eq. 8. W has a row for each of the first
 * `locations` positions; a shorter sentence uses its first rows, and in a longer one the words
 * beyond them get no weight (footnote 6). It does not depend on the encoder's states: its keys are
 * the rows of W.
 */
export const location: ScoreKind = {
  equations: {
    written: "eₛ = (Wₐ {h})ₛ",
    key: { formula: "k = Wₐ[{row}]", rowOf: "attention.W_a" },
    score: productEquation("k,  k = Wₐ[s]"),
    positions: "attention.W_a",
  },
  keyAxes: ({ query }) => [query, "source"],
  make: ({ parameters, sizes, initializer }) => ({
    keys: (_, positions) => {
      const { locations, query } = sizes;
      const rows = parameters.get("attention.W_a", [locations, query], initializer);
      const [batch, , source] = positions.shape as [Dimension, Dimension, Dimension];
      const known = cast(minimum(positions, locations - 1), "int32");
      return swapLastAxes(gather(rows, reshape(known, [batch, source])));
    },
    score: (queries, keys, positions, product) => {
      const { projectedQuery, scores } = productScores(queries, keys, positions, product);
      return { projectedQuery, scores: select(less(positions, sizes.locations), scores, -1e9) };
    },
  }),
};
