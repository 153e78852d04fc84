import type { ParameterPart } from "../../models/parameterParts.ts";
import { parameterParts, partOfParameter } from "../../models/parameterParts.ts";
import type { ParameterSpecification } from "../../nn/parameters.ts";
import { zip } from "../../tensor/zip.ts";
import type { TrainingStep } from "../../training/step/trainingStep.ts";
import type { Weights } from "./checkpoints.ts";

/** Measures gradients by the part of the model, and how far parameters have moved. */
export class Norms {
  /** The parts that the model has, in the order of the computation. */
  readonly parts: readonly ParameterPart[];
  private readonly parameters: readonly ParameterSpecification[];

  constructor(parameters: readonly ParameterSpecification[]) {
    this.parameters = parameters;
    const found = new Set(parameters.map(({ name }) => partOfParameter(name)));
    this.parts = parameterParts.filter((part) => found.has(part));
  }

  /** The part that a parameter belongs to. */
  partOf(name: string): ParameterPart {
    return partOfParameter(name);
  }

  /** The norm of the gradient of each part in the last step, before clipping. */
  ofGradients(step: TrainingStep): number[] {
    return this.parts.map((part) => {
      let sum = 0;
      for (const { name } of this.parameters) {
        if (partOfParameter(name) === part) sum += squares(step.gradientNumbers(name));
      }
      return Math.sqrt(sum);
    });
  }
}

/**
 * ‖w − w₀‖ / ‖w₀‖ of each parameter; of one that began as zeros, infinite once it has moved.
 *
 * @param first the values of each parameter then.
 * @param now   the values of each parameter now, in the same order.
 */
export function movedBetween(first: readonly Weights[], now: readonly Weights[]): number[] {
  return zip(first, now).map(([before, after]) => {
    let moved = 0;
    for (let index = 0; index < before.length; index++) {
      moved += ((after[index] as number) - (before[index] as number)) ** 2;
    }
    return moved === 0 ? 0 : Math.sqrt(moved / squares(before));
  });
}

function squares(numbers: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < numbers.length; index++) sum += (numbers[index] as number) ** 2;
  return sum;
}
