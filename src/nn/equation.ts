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
  | ParameterOperand
  /** A number that follows from the model's configuration, as equations write it. */
  | { readonly constant: number; readonly letter: string }
  /** exp(−(s − p)² / (2σ²)) of the explained position s, with σ = D/2. */
  | { readonly gaussian: WindowOperand };

/** The window of the positions within D of p. */
export interface WindowOperand {
  /** The vector whose only element is p. */
  readonly centre: string;
  /** D. */
  readonly reach: number;
}

/** An element of a vector, or a function of it: 1 − x is `oneMinus`, x/‖x‖ is `direction`. */
export interface VectorOperand {
  readonly vector: string;
  /** `only`: the vector has one element. */
  readonly at: "unit" | "own" | "only";
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
  /** One term for each unit of a small layer, tanh of the vector times a matrix; the factors follow it. */
  | {
      readonly layer: { readonly vector: string; readonly weight: string };
      readonly factors: readonly Operand[];
    }
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
  | { readonly times: string; readonly letter: string }
  /** Multiplied by a vector's only element. */
  | { readonly timesVector: string };

/** What a number means, for explanations to put into words. */
export type Remark = "stepNumber" | "lastWindow" | "predictedCentre" | "notNormalised";

/** How a number is computed. In formulas, `{state}` stands for the letter of that vector. */
export type Equation =
  | {
      readonly formula: string;
      readonly parts: readonly EquationPart[];
      /** The functions applied to the sum, one after the other. */
      readonly after?: After | readonly After[];
      readonly remark?: Remark;
    }
  /** The smallest of several sums. */
  | { readonly leastOf: readonly Sum[] }
  /**
   * The element's share in a softmax of a vector: exp(e) / Σ exp(e). With a window, only the positions inside take
   * part, and the others are 0.
   */
  | { readonly letter: string; readonly softmaxOf: string; readonly window?: WindowOperand }
  /** The element of another vector with the same index. */
  | { readonly formula: string; readonly same: string }
  /** The element of the concatenation of other vectors. */
  | { readonly formula: string; readonly oneOf: readonly string[] }
  /** The maximum of two adjacent elements of a vector. */
  | { readonly largerOf: string }
  /** An element of the parameter's row for the position, `{row}`; the last row if there are not enough. */
  | { readonly formula: string; readonly rowOf: string }
  /** Always 0. */
  | { readonly formula: string; readonly zero: true };

/** An equation that is a sum of terms. */
export type Sum = Extract<Equation, { readonly parts: unknown }>;

/** Whether an equation has a sum over the elements of a vector. */
export function isOverVectors(equation: Equation): boolean {
  return "parts" in equation && equation.parts.some((part) => "over" in part);
}

/** The element of a vector at the unit. */
export const unit = (vector: string): VectorOperand => ({ vector, at: "unit" });

/** The element of a vector at the explained index. */
export const own = (vector: string): VectorOperand => ({ vector, at: "own" });

/** The only element of a vector. */
export const only = (vector: string): VectorOperand => ({ vector, at: "only" });

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
