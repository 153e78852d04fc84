/**
 * @file How one number of a vector is made of others, as data. The owner of a computation states it beside the
 * graph, and the studio writes it out with the numbers of a trace.
 *
 * A sum runs over the places of a vector: `unit` is the place that it has come to, `own` the place of the number
 * that is explained. Vectors have the owner's names for them, such as `state`; parameters have their own names, those of
 * cells without the cell's.
 */

/** A factor of a term. */
export type Operand =
  | VectorOperand
  /** tanh of the sum of several vectors' numbers at the unit. */
  | { readonly tanhOf: readonly string[] }
  /** A number of a parameter. */
  | ParameterOperand;

/** A number of a vector, or what is made of it: 1 − x is `oneMinus`, x/‖x‖ is `direction`. */
export interface VectorOperand {
  readonly vector: string;
  readonly at: "unit" | "own";
  readonly apply?: "tanh" | "oneMinus" | "direction";
}

/** A number of a parameter `[rows, columns]` or `[columns]`. */
export interface ParameterOperand {
  readonly parameter: string;
  /** `unit`, or behind as many rows as a vector is long; the only row unless given. */
  readonly row?: "unit" | { readonly behind: string };
  /** The number's own column unless given; `first` of a vector that stands upright. */
  readonly column?: "first";
  /** Which of several blocks of columns, each as wide as the vector that is explained, from 0. */
  readonly block?: number;
  /** The letter that equations call it by, where it stands alone. */
  readonly letter?: string;
  /** A parameter that scales it, once it is divided by its own length: g·v/‖v‖. */
  readonly lengthOf?: string;
}

/** Terms that belong together. */
export type EquationPart =
  /** A term for each place of a vector. */
  | { readonly over: string; readonly factors: readonly Operand[] }
  /** Biases, each with what it is product by. */
  | { readonly biases: readonly (readonly Operand[])[] }
  /** Single terms, and what they are: what is kept of the state before, and what is new. */
  | {
      readonly terms: readonly {
        readonly factors: readonly Operand[];
        readonly role?: "kept" | "new";
      }[];
    };

/** What is made of the sum. */
export type After =
  | "tanh"
  | "sigmoid"
  /** Kept within ± a bound. */
  | { readonly within: number }
  /** Times the only number of a parameter. */
  | { readonly times: string; readonly letter: string };

/** How a number is made. In formulas `{state}` stands for the letter by which that vector is called. */
export type Equation =
  | {
      readonly formula: string;
      readonly parts: readonly EquationPart[];
      readonly after?: After;
    }
  /** The number of another vector at the same place. */
  | { readonly formula: string; readonly same: string }
  /** The larger of two neighbouring numbers of a vector. */
  | { readonly largerOf: string }
  /** A number of the parameter's row for the position, `{row}`; the last row where there are fewer. */
  | { readonly formula: string; readonly rowOf: string }
  /** Nothing but 0. */
  | { readonly formula: string; readonly zero: true };

/** A vector's number at the unit. */
export const unit = (vector: string): VectorOperand => ({ vector, at: "unit" });

/** A vector's number at the place that is explained. */
export const own = (vector: string): VectorOperand => ({ vector, at: "own" });

/** A vector by a matrix of weights. */
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
