/** @file The update rules, as graphs over slices of the parameters and their moments. */

import type { Operand } from "../../graph/operators/elementwise.ts";
import { add, divide, multiply, sqrt, subtract } from "../../graph/operators/elementwise.ts";
import { input } from "../../graph/operators/source.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { meantValues } from "../../options/option.ts";
import { OptionError } from "../../options/optionError.ts";

/** The optimisers, as named by the option `optimizer`. */
export type OptimizerKind = "sgd" | "adam" | "lazy-adam" | "adadelta";

/** An update rule. */
export interface UpdateRule {
  /** The number of moments per parameter. */
  readonly moments: number;
  /** The default learning rate. */
  readonly learningRate: number;
  /** Whether embeddings that a batch does not read stay as they are, with their moments. */
  readonly isLazy?: boolean;
  /**
   * Scalars of a step, counted from 1, at a learning rate.
   *
   * @param clip the factor that clips the gradients: taken up here, it needs no pass over them.
   */
  scalars(step: number, learningRate: number, clip: number): Readonly<Record<string, number>>;
  /** The new parameter and moments. `scalar` makes inputs for {@link scalars}. */
  update(
    parameter: Tensor,
    gradient: Tensor,
    moments: readonly Tensor[],
    scalar: (name: string) => Tensor,
  ): { readonly parameter: Tensor; readonly moments: readonly Tensor[] };
}

const square = (x: Tensor): Tensor => multiply(x, x);
/** ρ·old + share·new, where the share is 1 − ρ, or contains a factor of the gradients too. */
const decayed = (old: Tensor, next: Tensor, rho: number, share: Operand = 1 - rho): Tensor =>
  add(multiply(old, rho), multiply(next, share));

const sgd: UpdateRule = {
  moments: 0,
  learningRate: 1,
  scalars: (_, learningRate, clip) => ({ rate: learningRate * clip }),
  update: (parameter, gradient, _, scalar) => ({
    parameter: subtract(parameter, multiply(gradient, scalar("rate"))),
    moments: [],
  }),
};

/** Adam's decay rates β₁ and β₂ (Kingma and Ba). */
export interface AdamDecays {
  /** 0.9 by default. */
  readonly adamBeta1?: number | undefined;
  /** 0.999 by default. */
  readonly adamBeta2?: number | undefined;
}

/** Kingma and Ba (2015), algorithm 1 in the order of §2's last sentence, with ε 10⁻⁸. */
function adam({ adamBeta1: beta1 = 0.9, adamBeta2: beta2 = 0.999 }: AdamDecays): UpdateRule {
  return {
    moments: 2,
    learningRate: 0.001,
    scalars: (step, learningRate, clip) => {
      const correction = Math.sqrt(1 - beta2 ** step);
      return {
        rate: (learningRate * correction) / (1 - beta1 ** step),
        epsilon: 1e-8 * correction,
        mean_share: (1 - beta1) * clip,
        square_share: (1 - beta2) * clip ** 2,
      };
    },
    update: (parameter, gradient, [mean, meanSquare]: readonly [Tensor, Tensor], scalar) => {
      const first = decayed(mean, gradient, beta1, scalar("mean_share"));
      const second = decayed(meanSquare, square(gradient), beta2, scalar("square_share"));
      const direction = divide(first, add(sqrt(second), scalar("epsilon")));
      return {
        parameter: subtract(parameter, multiply(direction, scalar("rate"))),
        moments: [first, second],
      };
    },
  };
}

/**
 * Adam whose moments of an embedding only decay at steps that read it: `LazyAdamOptimizer` of TensorFlow, `SparseAdam` of
 * PyTorch. A step takes time for the words of its batch, not for the vocabulary. Adam itself goes on moving a rare word's
 * embedding by its moments for many steps after the word.
 */
function lazyAdam(decays: AdamDecays): UpdateRule {
  return { ...adam(decays), isLazy: true };
}

/** Whether an optimizer is Adam or its lazy form. */
export function isAdam(name: string): boolean {
  return name === "adam" || name === "lazy-adam";
}

/** Zeiler (2012), algorithm 1, with ρ 0.95 and ε 10⁻⁶ as Cho and Bahdanau used it. */
const adadelta: UpdateRule = {
  moments: 2,
  learningRate: 1,
  scalars: (_, learningRate, clip) => ({
    rate: learningRate,
    clip,
    square_share: (1 - 0.95) * clip ** 2,
  }),
  update: (parameter, gradient, [gradients, changes]: readonly [Tensor, Tensor], scalar) => {
    const epsilon: Operand = 1e-6;
    const share = scalar("square_share");
    const nextGradients = decayed(gradients, square(gradient), 0.95, share);
    const ratio = divide(sqrt(add(changes, epsilon)), sqrt(add(nextGradients, epsilon)));
    const change = multiply(ratio, multiply(gradient, scalar("clip")));
    return {
      parameter: subtract(parameter, multiply(change, scalar("rate"))),
      moments: [nextGradients, decayed(changes, square(change), 0.95)],
    };
  },
};

const rules: Readonly<Record<OptimizerKind, (decays: AdamDecays) => UpdateRule>> = {
  sgd: () => sgd,
  adam,
  "lazy-adam": lazyAdam,
  adadelta: () => adadelta,
};

/**
 * The rule of a name.
 *
 * @throws OptionError if there is none.
 */
export function updateRule(name: string, decays: AdamDecays = {}): UpdateRule {
  const rule = Object.hasOwn(rules, name) ? rules[name as OptimizerKind] : undefined;
  if (!rule) {
    throw new OptionError({
      key: "optimizer",
      value: name,
      problem: "there is no such optimizer",
      remedy: `choose one of ${Object.keys(rules).join(", ")}`,
      suggestions: meantValues("optimizer", name, Object.keys(rules)),
    });
  }
  return rule(decays);
}

/** The graph of an update: `parameter` and `moment.N` in, the same names with `next_` out. */
export function updateGraph(rule: UpdateRule): Record<string, Tensor> {
  const scalar = (name: string) => input(name, "float32", []);
  const vector = (name: string) => input(name, "float32", ["part"]);
  const moments = Array.from({ length: rule.moments }, (_, index) => vector(`moment.${index}`));
  const next = rule.update(vector("parameter"), vector("gradient"), moments, scalar);
  const outputs: Record<string, Tensor> = { next_parameter: next.parameter };
  next.moments.forEach((moment, index) => {
    outputs[`next_moment.${index}`] = moment;
  });
  return outputs;
}
