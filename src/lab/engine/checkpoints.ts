import type { ParameterSpecification } from "../../nn/parameters.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { elementCount } from "../../tensor/value.ts";
import { mostLooks, withLook } from "../keptSteps.ts";
import type { History, Look } from "../messages.ts";

/** The weights of a checkpoint: all parameters, one after another. */
export type Weights = Float32Array<ArrayBuffer>;

/** The most numbers that all checkpoints together hold: 192 MiB; and the fewest checkpoints, however large they are. */
const mostNumbers = 48 * 2 ** 20;
const fewest = 8;

/** What has been seen of a run, with the weights of that time. */
export class Checkpoints {
  private readonly parameters: readonly ParameterSpecification[];
  /** The number of all parameters' numbers. */
  readonly size: number;
  private readonly most: number;
  private seen: readonly Look[] = [];
  private readonly weights = new Map<number, Weights>();

  constructor(
    parameters: readonly ParameterSpecification[],
    before: Pick<History, "looks" | "checkpoints"> | null = null,
  ) {
    this.parameters = parameters;
    this.size = parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0);
    this.most = Math.max(fewest, Math.min(mostLooks, Math.floor(mostNumbers / this.size)));
    for (const look of before?.looks ?? []) {
      const weights = before?.checkpoints.get(look.step);
      if (weights?.length === this.size) this.add(look, weights);
    }
  }

  /** In the order of their steps; at most 64. */
  get looks(): readonly Look[] {
    return this.seen;
  }

  /** The weights by step. */
  get all(): ReadonlyMap<number, Weights> {
    return this.weights;
  }

  /** The first weights, if there are any. */
  get first(): Weights | null {
    const step = this.seen[0]?.step;
    return step === undefined ? null : (this.weights.get(step) ?? null);
  }

  /** Adds a look, in the place of that at the same step; another one may go for it. */
  add(look: Look, weights: Weights): void {
    this.seen = withLook(this.seen, look, this.most);
    this.weights.set(look.step, weights);
    const kept = new Set(this.seen.map(({ step }) => step));
    for (const step of this.weights.keys()) if (!kept.has(step)) this.weights.delete(step);
  }

  /** Replaces looks by others at the same steps. */
  replace(looks: readonly Look[]): void {
    this.seen = looks;
  }

  /** The look with the nearest step, or the last one; null if there are none. */
  nearest(
    step = Number.MAX_SAFE_INTEGER,
  ): { readonly look: Look; readonly weights: Weights } | null {
    let found: Look | null = null;
    for (const look of this.seen) {
      const isNearer = !found || Math.abs(look.step - step) < Math.abs(found.step - step);
      if (isNearer) found = look;
    }
    return found && { look: found, weights: this.weights.get(found.step) as Weights };
  }

  /** The parameters as one piece. */
  packed(values: ReadonlyMap<string, TensorValue>): Weights {
    const packed = new Float32Array(this.size);
    for (const [name, view] of this.unpacked(packed)) {
      view.data.set(values.get(name)?.data as never);
    }
    return packed;
  }

  /** The parameters by name, which share the memory of the piece. */
  unpacked(weights: Weights): Map<string, TensorValue> {
    const views = new Map<string, TensorValue>();
    let start = 0;
    for (const { name, shape } of this.parameters) {
      const end = start + elementCount(shape);
      views.set(name, { dtype: "float32", shape, data: weights.subarray(start, end) });
      start = end;
    }
    return views;
  }
}
