/**
 * @file The numbers of a parameter from the arrays of another program. Shapes are checked first, for all parameters;
 * numbers are only computed when nothing is wrong.
 */

import { elementCount } from "../tensor/value.ts";
import type { ArrayScope } from "./arrayPart.ts";
import { arrayPart } from "./arrayPart.ts";
import type { ChangeScope, MissingTokens } from "./changes.ts";
import { changed } from "./changes.ts";
import type { Expression } from "./mapping.ts";
import type { Numbers } from "./numbers.ts";
import { ExpressionFault, sameShape, shown } from "./numbers.ts";

/** What expressions can refer to. */
export interface ExpressionScope extends ArrayScope, ChangeScope {}

/** The parameter that an expression is for. */
export interface ExpressionTarget extends MissingTokens {
  readonly shape: readonly number[];
}

/**
 * Checks an expression, and counts the arrays it uses.
 *
 * @throws ExpressionFault if an array is missing, or the shapes do not fit.
 */
export function numbersOf(
  expression: Expression,
  target: ExpressionTarget,
  scope: ExpressionScope,
): Numbers {
  const found = evaluated(expression, target, scope);
  if (sameShape(found.shape, target.shape)) return found;
  const isTurned = sameShape(found.shape.toReversed(), target.shape);
  throw new ExpressionFault(
    `what is given for it is ${shown(found.shape)}, but it is ${shown(target.shape)}${isTurned ? '; add "transpose": true' : ""}`,
  );
}

function evaluated(
  expression: Expression,
  target: ExpressionTarget,
  scope: ExpressionScope,
): Numbers {
  if (typeof expression === "string") return arrayPart({ array: expression }, scope);
  if ("fill" in expression) {
    const { shape } = target;
    const { fill } = expression;
    return { shape, numbers: () => new Float64Array(elementCount(shape)).fill(fill) };
  }
  if ("array" in expression) {
    return changed(arrayPart(expression, scope), expression, target, scope);
  }
  const all = "sum" in expression ? expression.sum : expression.join;
  const parts = all.map((part) => evaluated(part, target, scope));
  const made = "sum" in expression ? summed(parts) : joined(parts, expression.axis ?? 0);
  return changed(made, expression, target, scope);
}

function summed(parts: readonly Numbers[]): Numbers {
  const [first, ...others] = parts as readonly [Numbers, ...Numbers[]];
  const other = others.find(({ shape }) => !sameShape(shape, first.shape));
  if (other) {
    throw new ExpressionFault(
      `${shown(first.shape)} and ${shown(other.shape)} cannot be added to each other`,
    );
  }
  return {
    shape: first.shape,
    numbers: () => {
      const total = Float64Array.from(first.numbers());
      for (const { numbers } of others) {
        const added = numbers();
        for (let at = 0; at < total.length; at++) {
          total[at] = (total[at] as number) + (added[at] as number);
        }
      }
      return total;
    },
  };
}

function joined(parts: readonly Numbers[], axis: number): Numbers {
  const [first] = parts as readonly [Numbers];
  const fits = parts.every(
    ({ shape }) =>
      shape.length === first.shape.length &&
      shape.length > axis &&
      shape.every((size, at) => at === axis || size === first.shape[at]),
  );
  if (!fits) {
    const shapes = parts.map(({ shape }) => shown(shape)).join(" and ");
    throw new ExpressionFault(`${shapes} cannot be joined along axis ${axis}`);
  }
  const along = parts.reduce((total, { shape }) => total + (shape[axis] as number), 0);
  const shape = first.shape.map((size, at) => (at === axis ? along : size));
  return {
    shape,
    numbers: () => {
      const whole = new Float64Array(elementCount(shape));
      const outer = elementCount(shape.slice(0, axis));
      const stride = elementCount(shape.slice(axis));
      let begin = 0;
      for (const part of parts) {
        const numbers = part.numbers();
        const width = elementCount(part.shape.slice(axis));
        for (let row = 0; row < outer; row++) {
          whole.set(numbers.subarray(row * width, (row + 1) * width), row * stride + begin);
        }
        begin += width;
      }
      return whole;
    },
  };
}
