/**
 * @file The gradient of a loop: a loop in the other direction over what the first one recorded.
 *
 * The gradient of a capture is a sum over all steps. It is not accumulated inside the backward loop
 * where that can be avoided: for a product, both factors are stacked over time and multiplied once
 * after the loop (dW = Xᵀ·dY over all steps), and what is linear is moved behind the sum.
 */

import { isFloat } from "../../tensor/dtype.ts";
import { cotangentTerms, sumTensors } from "../gradient.ts";
import type { Dimension } from "../shape.ts";
import { factors, productOf, sameShape } from "../shape.ts";
import type { Node, Tensor } from "../tensor.ts";
import { rebuildNode } from "../tensor.ts";
import { nodesOf, substitute } from "../traverse.ts";
import { transpose } from "./arrange.ts";
import { flatten, reduceSum, reshape } from "./broadcast.ts";
import { add, multiply } from "./elementwise.ts";
import { type MatMulAttributes, matMul } from "./matMul.ts";
import type { ScanAttributes, TracedLoop } from "./scan.ts";
import { stackOf } from "./scan.ts";
import { fill, placeholder } from "./source.ts";

/** A tensor of the graph around the loop that can be made once the backward loop stands. */
type Later = () => Tensor;

/** Operators that are cheap enough to be done again instead of kept for every step. */
const repeatable = new Set([
  "add",
  "subtract",
  "multiply",
  "divide",
  "negate",
  "tanh",
  "sigmoid",
  "exp",
  "relu",
  "reshape",
  "expand",
  "cast",
  "select",
  "maximum",
  "minimum",
]);

/** Whether a step's value is large: batch by source by units, for instance, in additive attention. */
function isBulky({ shape }: Tensor): boolean {
  const { count, names } = factors(productOf(shape));
  return names.length >= 2 && count > 1;
}

/**
 * The cotangents of a loop's inputs.
 *
 * @param needed which inputs' cotangents anyone asks for.
 * @param makeLoop makes the node of the backward loop.
 */
export function scanGradient(
  forward: Node<ScanAttributes>,
  cotangents: readonly (Tensor | null)[],
  needed: readonly boolean[],
  makeLoop: (loop: TracedLoop) => Node<ScanAttributes>,
): (Tensor | null)[] {
  return new BackwardLoop(forward, cotangents, needed).build(makeLoop);
}

class BackwardLoop {
  private readonly forward: Node<ScanAttributes>;
  private readonly cotangents: readonly (Tensor | null)[];
  private readonly needed: readonly boolean[];
  /** Slices of the backward loop, and the sequences that they are cut from. */
  private readonly slices: Tensor[] = [];
  private readonly sequences: Tensor[] = [];
  /** States of the backward loop: the states' cotangents, then what is accumulated. */
  private readonly states: Tensor[] = [];
  private readonly initial: Tensor[] = [];
  private readonly nextStates: Tensor[] = [];
  private readonly stacked: Tensor[] = [];
  private readonly ownPlaceholders: Set<Tensor> = new Set();
  private readonly forwardPlaceholders: ReadonlySet<Tensor>;
  /** Backward nodes that change from step to step. */
  private changing: ReadonlySet<Node> = new Set();
  private backward: Node<ScanAttributes> | undefined;

  constructor(
    forward: Node<ScanAttributes>,
    cotangents: readonly (Tensor | null)[],
    needed: readonly boolean[],
  ) {
    this.forward = forward;
    this.cotangents = cotangents;
    this.needed = needed;
    const { states, slices } = forward.attributes;
    this.forwardPlaceholders = new Set([...states, ...slices]);
  }

  build(makeLoop: (loop: TracedLoop) => Node<ScanAttributes>): (Tensor | null)[] {
    const { states, slices, nextStates, stacked, captures, time, reverse } =
      this.forward.attributes;
    // What flows back into the body: the states' cotangents from the step after, and the slices of
    // the stacks' cotangents.
    const outputs: Tensor[] = [];
    const received: Tensor[] = [];
    const stateCotangents = states.map((state, index) => {
      if (!isFloat(state.dtype)) return null;
      const from = this.cotangents[index] ?? fill(state.dtype, state.shape, 0);
      const cotangent = this.addState(`cotangent of state ${index}`, from);
      outputs.push(nextStates[index] as Tensor);
      received.push(cotangent);
      return cotangent;
    });
    stacked.slice().forEach((tensor, index) => {
      const stack = this.cotangents[states.length + index];
      if (!stack) return;
      outputs.push(tensor);
      received.push(this.addSlice(`cotangent of output ${index}`, stack));
    });

    const wrt = [...states, ...slices, ...captures];
    const wanted = wrt.map(
      (tensor, index) =>
        isFloat(tensor.dtype) && (index < states.length || this.needed[index] === true),
    );
    const found = cotangentTerms(outputs, received, wrt);
    const terms = found.map((list, index) => (wanted[index] ? list : []));
    this.changing = this.changingNodes(terms.flat());

    stateCotangents.forEach((cotangent, index) => {
      if (!cotangent) return;
      const { dtype, shape } = states[index] as Tensor;
      this.nextStates.push(sumTensors(terms[index] as Tensor[]) ?? fill(dtype, shape, 0));
    });
    const later = terms.slice(states.length).map((list, index): Later | null => {
      if (list.length === 0) return null;
      if (index < slices.length) return this.stack(sumTensors(list) as Tensor);
      const sums = list.map((term) => this.sumOverTime(term));
      return () => sumTensors(sums.map((sum) => sum())) as Tensor;
    });

    // The body so far speaks of the forward loop's tensors; each becomes a slice of its stack.
    this.changing = this.changingNodes([...this.nextStates, ...this.stacked]);
    const residuals = this.residuals();
    const body = substitute([...this.nextStates, ...this.stacked], residuals);
    if (this.sequences.length === 0) this.addSlice("nothing", this.timeline());
    if (body.length === 0) return this.forward.inputs.map(() => null);
    this.backward = makeLoop({
      states: this.states,
      slices: this.slices,
      nextStates: body.slice(0, this.states.length),
      stacked: body.slice(this.states.length),
      initial: this.initial,
      sequences: this.sequences,
      time,
      reverse: !reverse,
    });
    const lastStates = this.backward.outputs;
    let next = 0;
    return [
      ...stateCotangents.map((cotangent) => (cotangent ? (lastStates[next++] as Tensor) : null)),
      ...later.map((make) => make?.() ?? null),
    ];
  }

  private isForward(tensor: Tensor): boolean {
    return this.forwardPlaceholders.has(tensor) || this.forward.attributes.inner.has(tensor.node);
  }

  private isChanging(tensor: Tensor): boolean {
    return this.isSource(tensor) || this.changing.has(tensor.node);
  }

  /** Whether a tensor differs from step to step by itself: recorded, received or accumulated. */
  private isSource(tensor: Tensor): boolean {
    return this.isForward(tensor) || this.ownPlaceholders.has(tensor);
  }

  private changingNodes(tensors: readonly Tensor[]): Set<Node> {
    const changing = new Set<Node>();
    for (const node of nodesOf(tensors, (tensor) => this.isSource(tensor))) {
      const isMoved = (input: Tensor) => this.isSource(input) || changing.has(input.node);
      if (node.inputs.some(isMoved)) changing.add(node);
    }
    return changing;
  }

  private addState(name: string, initial: Tensor): Tensor {
    const state = placeholder(name, initial.dtype, initial.shape);
    this.states.push(state);
    this.ownPlaceholders.add(state);
    this.initial.push(initial);
    return state;
  }

  private addSlice(name: string, sequence: Tensor): Tensor {
    const slice = placeholder(name, sequence.dtype, sequence.shape.slice(1));
    this.slices.push(slice);
    this.ownPlaceholders.add(slice);
    this.sequences.push(sequence);
    return slice;
  }

  /** Any sequence of the forward loop, where only the number of steps matters. */
  private timeline(): Tensor {
    return this.forward.inputs[this.forward.attributes.states.length] as Tensor;
  }

  /** All the values over time that the forward loop had of one of its tensors: `[time, …]`. */
  private forwardStack(tensor: Tensor): Tensor {
    const { states, slices } = this.forward.attributes;
    const slice = slices.indexOf(tensor);
    return slice >= 0
      ? (this.forward.inputs[states.length + slice] as Tensor)
      : stackOf(this.forward, tensor);
  }

  /** The forward tensors that the body needs, as slices of what the forward loop recorded. */
  private residuals(): Map<Tensor, Tensor> {
    const found = new Map<Tensor, Tensor>();
    const open = [...this.nextStates, ...this.stacked];
    const seen = new Set<Tensor>(open);
    const visit = (tensor: Tensor): void => {
      if (seen.has(tensor)) return;
      seen.add(tensor);
      open.push(tensor);
    };
    for (let tensor = open.pop(); tensor; tensor = open.pop()) {
      const isInner = this.forward.attributes.inner.has(tensor.node);
      const isAgain = isInner && isBulky(tensor) && repeatable.has(tensor.node.operator.name);
      if (this.isForward(tensor) && !isAgain) {
        found.set(tensor, this.addSlice("recorded", this.forwardStack(tensor)));
      } else if (isAgain || this.changing.has(tensor.node)) {
        tensor.node.inputs.forEach(visit);
      }
    }
    return found;
  }

  /** The values of a tensor of the body at all steps: `[time, …]`. */
  private stack(tensor: Tensor): Later {
    if (this.isForward(tensor) && !(isBulky(tensor) && repeatable.has(tensor.node.operator.name))) {
      return () => this.forwardStack(tensor);
    }
    const slice = this.slices.indexOf(tensor);
    if (slice >= 0) return () => this.sequences[slice] as Tensor;
    const { operator, inputs } = tensor.node;
    if (operator.name === "reshape" && this.isChanging(tensor)) {
      const inner = this.stack(inputs[0] as Tensor);
      const shape = [this.forward.attributes.time, ...tensor.shape];
      return () => reshape(inner(), shape);
    }
    let at = this.stacked.indexOf(tensor);
    if (at < 0) at = this.stacked.push(tensor) - 1;
    return () => {
      const loop = this.backward as Node<ScanAttributes>;
      return loop.outputs[loop.attributes.states.length + at] as Tensor;
    };
  }

  /** The sum over all steps of a tensor of the body. */
  private sumOverTime(term: Tensor): Later {
    const { node } = term;
    const [a, b] = node.inputs as [Tensor, Tensor];
    if (this.changing.has(node) && !this.isForward(term)) {
      switch (node.operator.name) {
        case "matMul":
          if (this.isChanging(a) && this.isChanging(b)) {
            const product = this.productOverTime(node as Node<MatMulAttributes>);
            if (product) return product;
          } else {
            const sum = this.sumOverTime(this.isChanging(a) ? a : b);
            const attributes = node.attributes as MatMulAttributes;
            return this.isChanging(a)
              ? () => matMul(sum(), b, attributes)
              : () => matMul(a, sum(), attributes);
          }
          break;
        case "reshape":
        case "transpose":
        case "negate":
        case "reduceSum": {
          const sum = this.sumOverTime(a);
          return () => rebuildNode(node, [sum()])[0] as Tensor;
        }
        case "add":
          if (sameShape(a.shape, b.shape)) {
            const [left, right] = [this.sumOverTime(a), this.sumOverTime(b)];
            return () => add(left(), right());
          }
          break;
        case "multiply":
          if (this.isChanging(a) !== this.isChanging(b)) {
            const [moving, fixed] = this.isChanging(a) ? [a, b] : [b, a];
            const sum = this.sumOverTime(moving);
            return () => multiply(sum(), fixed);
          }
          break;
      }
    }
    if (!isBulky(term)) {
      const stack = this.stack(term);
      return () => reduceSum(stack(), 0);
    }
    const from = fill(term.dtype, term.shape, 0);
    const state = this.addState("sum", from);
    const at = this.states.indexOf(state);
    this.nextStates[at] = add(state, term);
    return () => (this.backward as Node<ScanAttributes>).outputs[at] as Tensor;
  }

  /** Σ over steps of Aᵀ·B as one product over the axis of time and rows; null in other forms. */
  private productOverTime({ inputs, attributes }: Node<MatMulAttributes>): Later | null {
    const [a, b] = inputs as [Tensor, Tensor];
    const isOuter = a.rank === b.rank && sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    if (!attributes.transposeA || attributes.transposeB || !isOuter) return null;
    if (isBulky(a) || isBulky(b)) return null;
    const [left, right] = [this.stack(a), this.stack(b)];
    return () => matMul(timeIntoRows(left()), timeIntoRows(right()), { transposeA: true });
  }
}

/** `[time, …, rows, columns]` as `[…, time*rows, columns]`. */
function timeIntoRows(stack: Tensor): Tensor {
  if (stack.rank === 3) return flatten(stack);
  const outer = stack.rank - 3;
  const axes = Array.from({ length: outer }, (_, axis) => axis + 1);
  const order = [...axes, 0, stack.rank - 2, stack.rank - 1];
  const moved = transpose(stack, order);
  const rows = productOf(moved.shape.slice(outer, outer + 2));
  return reshape(moved, [...moved.shape.slice(0, outer), rows, moved.shape.at(-1) as Dimension]);
}
