/**
 * @file The gradient of a loop: a loop in the other direction over the recorded values of the first one.
 *
 * The gradient of a capture is a sum over all steps. It is accumulated inside the backward loop only
 * if necessary: for a product, both factors are stacked over time and multiplied once
 * after the loop (dW = Xᵀ·dY over all steps), and linear operators are moved behind the sum.
 */

import { isFloat } from "../../tensor/dtype.ts";
import { required } from "../../tensor/required.ts";
import { zip } from "../../tensor/zip.ts";
import { cotangentTerms, sumTensors } from "../gradient.ts";
import { isLarge } from "../shape.ts";
import type { DeferredTensor, LoopBody, Node, Tensor } from "../tensor.ts";
import { nodesOf, substitute } from "../traverse.ts";
import { add } from "./elementwise.ts";
import type { ScanNode, TracedLoop } from "./loop.ts";
import { stackOf } from "./loop.ts";
import { fill, placeholder } from "./source.ts";
import { reduceSum } from "./sumAndExpand.ts";

/**
 * The cotangents of a loop's inputs.
 *
 * @param needed   the inputs whose cotangents are needed.
 * @param makeLoop creates the node of the backward loop.
 */
export function scanGradient(
  forward: ScanNode,
  cotangents: readonly (Tensor | null)[],
  needed: readonly boolean[],
  makeLoop: (loop: TracedLoop) => ScanNode,
): (Tensor | null)[] {
  return new BackwardLoop(forward, cotangents, needed).build(makeLoop);
}

class BackwardLoop implements LoopBody {
  private readonly forward: ScanNode;
  private readonly cotangents: readonly (Tensor | null)[];
  private readonly needed: readonly boolean[];
  /** Slices of the backward loop, and the sequences they belong to. */
  private readonly slices: Tensor[] = [];
  private readonly sequences: Tensor[] = [];
  /** States of the backward loop: the states' cotangents, then the accumulated sums. */
  private readonly states: Tensor[] = [];
  private readonly initial: Tensor[] = [];
  private readonly nextStates: Tensor[] = [];
  private readonly stacked: Tensor[] = [];
  private readonly ownPlaceholders: Set<Tensor> = new Set();
  private readonly forwardPlaceholders: ReadonlySet<Tensor>;
  /** Backward nodes that change from step to step. */
  private changing: ReadonlySet<Node> = new Set();
  private backward: ScanNode | undefined;

  constructor(
    forward: ScanNode,
    cotangents: readonly (Tensor | null)[],
    needed: readonly boolean[],
  ) {
    this.forward = forward;
    this.cotangents = cotangents;
    this.needed = needed;
    const { states, slices } = forward.attributes;
    this.forwardPlaceholders = new Set([...states, ...slices]);
  }

  build(makeLoop: (loop: TracedLoop) => ScanNode): (Tensor | null)[] {
    const { states, slices, nextStates, stacked, captures, time, reverse } =
      this.forward.attributes;
    // The inputs of the backward body: the states' cotangents from the following step, and slices of
    // the stacks' cotangents.
    const outputs: Tensor[] = [];
    const received: Tensor[] = [];
    const ofStates = zip(states, nextStates).map(([{ dtype, shape }, next], index) => {
      if (!isFloat(dtype)) return null;
      const from = this.cotangents[index] ?? fill(dtype, shape, 0);
      const at = this.states.length;
      outputs.push(next);
      received.push(this.addState(`cotangent of state ${index}`, from));
      return () => this.outputOf(at);
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

    for (const [{ dtype, shape }, list] of zip(states, terms.slice(0, states.length))) {
      if (isFloat(dtype)) this.nextStates.push(sumTensors(list) ?? fill(dtype, shape, 0));
    }
    const ofOthers = terms.slice(states.length).map((list, index) => {
      if (index < slices.length) {
        const total = sumTensors(list);
        return total && this.stack(total);
      }
      const sums = list.map((term) => this.sum(term));
      return () => sumTensors(sums.map((sum) => sum()));
    });

    // So far, the body uses tensors of the forward loop; each becomes a slice of its stack.
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
    return [...ofStates, ...ofOthers].map((make) => make?.() ?? null);
  }

  private isForward(tensor: Tensor): boolean {
    return this.forwardPlaceholders.has(tensor) || this.forward.attributes.inner.has(tensor.node);
  }

  isChanging(tensor: Tensor): boolean {
    return this.isSource(tensor) || this.changing.has(tensor.node);
  }

  /** Whether a tensor itself differs from step to step: it is recorded, received or accumulated. */
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

  /** Any sequence of the forward loop, when only the number of steps matters. */
  private timeline(): Tensor {
    return required(this.forward.inputs[this.forward.attributes.states.length], "A sequence");
  }

  /** The values of a forward tensor at all steps: `[time, …]`. */
  private forwardStack(tensor: Tensor): Tensor {
    const { states, slices } = this.forward.attributes;
    const slice = slices.indexOf(tensor);
    const sequence = slice >= 0 ? this.forward.inputs[states.length + slice] : undefined;
    return sequence ?? stackOf(this.forward, tensor);
  }

  /** The forward tensors that the body needs, as slices of the recorded stacks. */
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
      if (this.isForward(tensor) && !this.isAgain(tensor)) {
        found.set(tensor, this.addSlice("recorded", this.forwardStack(tensor)));
      } else if (this.isForward(tensor) || this.changing.has(tensor.node)) {
        tensor.node.inputs.forEach(visit);
      }
    }
    return found;
  }

  /** Whether a value of the forward loop is recomputed instead of recorded. */
  private isAgain(tensor: Tensor): boolean {
    return this.isForward(tensor) && isLarge(tensor.shape) && !!tensor.node.operator.isCheap;
  }

  private outputOf(at: number): Tensor {
    return required(this.backward?.outputs[at], "An output of the backward loop");
  }

  stack(tensor: Tensor): DeferredTensor {
    if (this.isForward(tensor) && !this.isAgain(tensor)) return () => this.forwardStack(tensor);
    const sequence = this.sequences[this.slices.indexOf(tensor)];
    if (sequence) return () => sequence;
    const { node } = tensor;
    const { stackOverTime } = node.operator;
    const [input] = node.inputs;
    if (stackOverTime && input && this.isChanging(tensor)) {
      const stack = this.stack(input);
      return () => stackOverTime(node, stack());
    }
    let at = this.stacked.indexOf(tensor);
    if (at < 0) at = this.stacked.push(tensor) - 1;
    return () => this.outputOf(this.states.length + at);
  }

  sum(term: Tensor): DeferredTensor {
    const { node } = term;
    if (this.changing.has(node) && !this.isForward(term)) {
      const sum = node.operator.sumOverTime?.(node, this);
      if (sum) return sum;
    }
    if (!isLarge(term.shape)) {
      const stack = this.stack(term);
      return () => reduceSum(stack(), 0);
    }
    const state = this.addState("sum", fill(term.dtype, term.shape, 0));
    this.nextStates.push(add(state, term));
    const at = this.states.length - 1;
    return () => this.outputOf(at);
  }
}
