import { multiply } from "../graph/operators/elementwise.ts";
import { cast } from "../graph/operators/select.ts";
import { input } from "../graph/operators/source.ts";
import type { Shape } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";

/** A mask that must be drawn for every batch. */
export interface DropoutMask {
  readonly name: string;
  readonly shape: Shape;
}

/**
 * Dropout with inverted scaling (Srivastava et al. 2014): in training, each element is zeroed with the
 * given probability and scaled up otherwise. The masks are inputs of the graph, so that one seed
 * determines them. Outside training, it does nothing.
 */
export class Dropout {
  /** The probability, in 256ths because masks are drawn byte by byte. */
  readonly rate: number;
  readonly masks: DropoutMask[] = [];

  /** @param rate from 0, outside of training, up to 0.99. */
  constructor(rate: number) {
    this.rate = rate === 0 ? 0 : Math.max(1, Math.round(rate * 256)) / 256;
  }

  /** Drops elements of x; `name` names the mask. */
  apply(x: Tensor, name: string): Tensor {
    return this.rate === 0 ? x : this.with(x, this.mask(name, x.shape));
  }

  /** A mask as a tensor: booleans, true where an element is kept. */
  mask(name: string, shape: Shape): Tensor {
    this.masks.push({ name: `dropout.${name}`, shape });
    return input(`dropout.${name}`, "bool", shape);
  }

  /** Applies an existing mask, for instance a slice of one in a loop. */
  with(x: Tensor, mask: Tensor): Tensor {
    return multiply(x, multiply(cast(mask, x.dtype), 1 / (1 - this.rate)));
  }
}
