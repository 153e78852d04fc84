import { expect, test } from "vitest";
import { input } from "../../graph/operators/source.ts";
import { productInParts } from "./score.ts";

test.each([
  [96, "matMul"],
  [300, "reduceSum"],
  [512, "reduceSum"],
  [514, "add"],
  [37, "matMul"],
])(
  "products of %i numbers are summed by %s: long sums in pieces, and a rest where there are no equal ones",
  (size, name) => {
    const left = input("left", "float32", ["batch", "rows", size]);
    const right = input("right", "float32", ["batch", size, "columns"]);
    const product = productInParts(left, right);
    expect(product.shape).toEqual(["batch", "rows", "columns"]);
    expect(product.node.operator.name).toBe(name);
  },
);
