import { input } from "../graph/operators/source.ts";
import { sameShape } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/errors.ts";

/** How to draw a parameter's initial values. */
export type Initializer =
  | { readonly kind: "uniform"; readonly range: number }
  | { readonly kind: "normal"; readonly deviation: number }
  /** Uniform in ±√(6 / (rows + columns)): Glorot and Bengio (2010). */
  | { readonly kind: "glorot" }
  /** Square blocks of orthonormal columns: Saxe et al. (2013). */
  | { readonly kind: "orthogonal" }
  | { readonly kind: "constant"; readonly value: number }
  /** Equal parts, each filled with one number, such as the biases of gates. */
  | { readonly kind: "blocks"; readonly values: readonly number[] };

/** Zeros, the initial values of most biases. */
export const zeros: Initializer = { kind: "constant", value: 0 };

/** The properties of a parameter besides its values. */
export interface ParameterSpecification {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
}

/** The parameters that a model requests while it is traced, in that order. */
export class Parameters {
  readonly dtype: FloatDtype;
  private readonly tensors: Map<string, Tensor> = new Map();
  private readonly specifications: Map<string, ParameterSpecification> = new Map();

  constructor(dtype: FloatDtype) {
    this.dtype = dtype;
  }

  /**
   * The parameter with a name; the same tensor at each request.
   *
   * @throws ShapeError if it was requested with another shape before.
   */
  get(name: string, shape: readonly number[], initializer: Initializer): Tensor {
    const known = this.tensors.get(name);
    if (known) {
      if (!sameShape(known.shape, shape)) {
        throw new ShapeError(`The parameter ${name} is ${known}, not [${shape.join(", ")}].`);
      }
      return known;
    }
    const tensor = input(name, this.dtype, shape);
    this.tensors.set(name, tensor);
    this.specifications.set(name, { name, shape, initializer });
    return tensor;
  }

  /** All parameters so far. */
  list(): ParameterSpecification[] {
    return [...this.specifications.values()];
  }

  /** The symbolic tensor of a parameter. */
  tensor(name: string): Tensor {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new ShapeError(`The model has no parameter named ${name}.`);
    return tensor;
  }
}
