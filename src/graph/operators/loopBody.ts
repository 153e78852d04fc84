/** @file The bodies of loops of either kind, for those who look into a graph or rewrite it. */

import { isOperation } from "../node.ts";
import type { Node, Tensor, Tensors } from "../tensor.ts";
import { makeScan, scanOperator } from "./scan.ts";
import { makeWhileLoop, whileLoopOperator } from "./whileLoop.ts";

/** The body of a loop. */
export interface LoopBody {
  /** What a step is given. */
  readonly placeholders: Tensors;
  /** What a step computes. */
  readonly results: Tensors;
  /** What each of them is, for printing. */
  readonly roles: {
    readonly placeholders: readonly string[];
    readonly results: readonly string[];
  };
  /** The outputs of the same loop with other results of a step, on other inputs. */
  remake(results: Tensors, inputs: Tensors): Tensors;
}

/** The body of a node that is a loop; null for other nodes. */
export function bodyOf(node: Node): LoopBody | null {
  if (isOperation(node, scanOperator)) {
    const { states, slices, nextStates, stacked, time, reverse } = node.attributes;
    const first = states.length;
    return {
      placeholders: [...states, ...slices],
      results: [...nextStates, ...stacked],
      roles: {
        placeholders: [...states.map(() => "state"), ...slices.map(() => "slice")],
        results: [...nextStates.map(() => "next"), ...stacked.map(() => "stack")],
      },
      remake: (results, inputs) =>
        makeScan({
          states,
          slices,
          nextStates: results.slice(0, first),
          stacked: results.slice(first),
          initial: inputs.slice(0, first),
          sequences: inputs.slice(first, first + slices.length),
          time,
          reverse,
        }).outputs,
    };
  }
  if (!isOperation(node, whileLoopOperator)) return null;
  const { captures: _, ...loop } = node.attributes;
  const { count, isOn, states, goesOn, nextStates, stacked } = loop;
  return {
    placeholders: [count, isOn, ...states],
    results: [goesOn, ...nextStates, ...stacked],
    roles: {
      placeholders: ["count", "condition", ...states.map(() => "state")],
      results: ["while", ...nextStates.map(() => "next"), ...stacked.map(() => "stack")],
    },
    remake: ([next, ...results], [most, ...inputs]) =>
      makeWhileLoop({
        ...loop,
        most: most as Tensor,
        initial: inputs.slice(0, states.length),
        goesOn: next as Tensor,
        nextStates: results.slice(0, states.length),
        stacked: results.slice(states.length),
      }).outputs,
  };
}
