/**
 * @file How one number of a vector is computed from others, as data. The owner of a computation states it next to
 * the graph, and the studio writes it out with the numbers of a trace.
 *
 * A sum runs over the elements of a vector: `unit` is the index of the sum, `own` the index of the explained number.
 * Vectors have the names that the owner gives them, such as `state`; parameters have their own names, without the
 * cell's prefix.
 */

/** A factor of a term. */
export type Operand =
  | VectorOperand
  /** tanh of the sum of several vectors' elements at the unit. */
  | { readonly tanhOf: readonly string[] }
  /** A number of a parameter. */
  | ParameterOperand;

/** An element of a vector, or a function of it: 1 − x is `oneMinus`, x/‖x‖ is `direction`. */
export interface VectorOperand {
  readonly vector: string;
  readonly at: "unit" | "own";
  readonly apply?: "tanh" | "oneMinus" | "direction";
}

/** A number of a parameter `[rows, columns]` or `[columns]`. */
export interface ParameterOperand {
  readonly parameter: string;
  /** `unit`, or offset by the length of a vector. Default: the only row. */
  readonly row?: "unit" | { readonly behind: string };
  /** Default: the explained number's own column; `first` for a column vector. */
  readonly column?: "first";
  /** The index of a block of columns, each as wide as the explained vector. */
  readonly block?: number;
  /** The letter of the parameter in equations, where it stands alone. */
  readonly letter?: string;
  /** A parameter that scales it after normalisation: g·v/‖v‖. */
  readonly lengthOf?: string;
}

/** Terms that belong together. */
export type EquationPart =
  /** One term for each element of a vector. */
  | { readonly over: string; readonly factors: readonly Operand[] }
  /** Biases, each with the factors it is multiplied by. */
  | { readonly biases: readonly (readonly Operand[])[] }
  /** Single terms with their meaning: the kept part of the previous state, and the new part. */
  | {
      readonly terms: readonly {
        readonly factors: readonly Operand[];
        readonly role?: "kept" | "new";
      }[];
    };

/** The function applied to the sum. */
export type After =
  | "tanh"
  | "sigmoid"
  /** Clipped to ± a bound. */
  | { readonly within: number }
  /** Multiplied by a parameter with a single number. */
  | { readonly times: string; readonly letter: string };

/** How a number is computed. In formulas, `{state}` stands for the letter of that vector. */
export type Equation =
  | {
      readonly formula: string;
      readonly parts: readonly EquationPart[];
      readonly after?: After;
    }
  /** The element of another vector with the same index. */
  | { readonly formula: string; readonly same: string }
  /** The maximum of two adjacent elements of a vector. */
  | { readonly largerOf: string }
  /** An element of the parameter's row for the position, `{row}`; the last row if there are not enough. */
  | { readonly formula: string; readonly rowOf: string }
  /** Always 0. */
  | { readonly formula: string; readonly zero: true };

/** The element of a vector at the unit. */
export const unit = (vector: string): VectorOperand => ({ vector, at: "unit" });

/** The element of a vector at the explained index. */
export const own = (vector: string): VectorOperand => ({ vector, at: "own" });

/** A vector multiplied by a weight matrix. */
export function projection(
  vector: string,
  parameter: string,
  options: Omit<ParameterOperand, "parameter"> = {},
): EquationPart {
  const weight: Operand = { row: "unit", ...options, parameter };
  return { over: vector, factors: [unit(vector), weight] };
}

/** A bias. */
export function bias(parameter: string, block = 0): EquationPart {
  return { biases: [[{ parameter, block, letter: "b" }]] };
}
