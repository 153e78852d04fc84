/** @file A model made of another program's weights and vocabularies, as a mapping says. Isomorphic. */

import type { ModelContent } from "../modelFolder/modelFolder.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { configure } from "../models/configuration.ts";
import { parametersOf } from "../models/graphs.ts";
import { modelOptions } from "../models/options.ts";
import type { ParameterSpecification } from "../nn/parameters.ts";
import { didYouMean, nearest } from "../options/nearest.ts";
import type { OptionTable } from "../options/option.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import { elementCount } from "../tensor/value.ts";
import { ArrayUses } from "./arrayUses.ts";
import type { ExpressionScope } from "./expression.ts";
import { numbersOf } from "./expression.ts";
import type { ForeignArrays } from "./foreignArrays.ts";
import type { Mapping } from "./mapping.ts";
import type { Numbers } from "./numbers.ts";
import { ExpressionFault, shown } from "./numbers.ts";
import type { TakenVocabulary } from "./vocabulary.ts";

/** What a model is made of. */
export interface ForeignParts {
  readonly mapping: Mapping;
  readonly arrays: ForeignArrays;
  readonly source: TakenVocabulary;
  readonly target: TakenVocabulary;
  /** The names in errors: of the mapping, or of the layout, and of the file with the arrays. */
  readonly names: { readonly mapping: string; readonly arrays: string };
}

/** A model before its numbers are computed; nothing is wrong with it any more. */
export interface ForeignModel {
  readonly sizes: ModelSizes;
  /** The numbers of each parameter. */
  readonly parameters: ReadonlyMap<string, Numbers>;
}

/**
 * The bias of a token that only our vocabulary has, where nothing else is said: it is never chosen, and takes no
 * probability.
 */
const neverChosen = -10_000;

/** How many faults one sentence names. */
const mostFaults = 8;

/**
 * Checks a mapping against the arrays: each parameter gets numbers of its shape, and each number is used once.
 *
 * @throws UserError naming all that is wrong, in one sentence.
 */
export function checkForeignModel(parts: ForeignParts): ForeignModel {
  const { mapping, arrays, source, target, names } = parts;
  const sizes = sizesOf(parts);
  const uses = new ArrayUses(arrays);
  const orders = { source: source.order, target: target.order };
  const scope: ExpressionScope = { arrays, uses, cell: sizes.cell, orders };
  const given = givenParameters(mapping.parameters, parametersOf(sizes), scope);
  const wrong = [...given.faults, ...faultsOfUnused(mapping.unused, scope)];
  // Arrays of a parameter that is at fault would be named a second time.
  const faults = wrong.length > 0 ? wrong : leftOver(uses, names.arrays);
  if (faults.length === 0) return { sizes, parameters: given.parameters };
  throw new UserError(`${names.mapping}: ${told(faults)}.`);
}

/** The numbers of each parameter, and what is wrong with those of a mapping, as clauses. */
function givenParameters(
  expressions: Mapping["parameters"],
  specifications: readonly ParameterSpecification[],
  scope: ExpressionScope,
): { readonly parameters: Map<string, Numbers>; readonly faults: string[] } {
  const given = new Map(Object.entries(expressions));
  const parameters = new Map<string, Numbers>();
  const faults: string[] = [];
  const absent: string[] = [];
  for (const { name, shape } of specifications) {
    const expression = given.get(name);
    if (expression === undefined) {
      absent.push(`${name} ${shown(shape)}`);
      continue;
    }
    try {
      const missing = name === "output.bias" ? neverChosen : 0;
      const wanted = { shape, missing, isEmbedding: name.endsWith("_embedding") };
      parameters.set(name, numbersOf(expression, wanted, scope));
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error;
      faults.push(`${name}: ${error.message}`);
    }
  }
  if (absent.length > 0) {
    faults.push(
      `nothing is given for ${counted(absent.length, "parameter")}: ${absent.join(", ")}`,
    );
  }
  const known = specifications.map(({ name }) => name);
  for (const name of given.keys()) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    faults.push(
      `the model has no parameter ${name}${meant.length > 0 ? ` (${didYouMean(meant)})` : ""}`,
    );
  }
  return { parameters, faults };
}

/** What is wrong with the arrays that a mapping does not use; marks them. */
function faultsOfUnused(names: readonly string[], { arrays, uses }: ExpressionScope): string[] {
  return names.flatMap((name) => {
    if (!arrays.has(name)) return [`unused: there is no array ${name}`];
    return uses.useWhole(name) ? [] : [`unused: ${name} is used`];
  });
}

/** The arrays of a file, or the numbers of them, that no parameter is made of, as one clause. */
function leftOver(uses: ArrayUses, file: string): string[] {
  const arrays = uses.leftOver().map(({ array, numbers, of }) => {
    const name = `${array.name} ${shown(array.shape)}`;
    return numbers === of ? name : `${name} (${counted(numbers, "number")} of it)`;
  });
  if (arrays.length === 0) return [];
  return [
    `${file} has arrays that no parameter is made of: ${arrays.join(", ")}; name them for their parameters, or list them under "unused"`,
  ];
}

/** The first of some clauses, and the count of the others. */
function told(clauses: readonly string[]): string {
  const more = clauses.length - mostFaults;
  return [...clauses.slice(0, mostFaults), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

/**
 * Computes the numbers of a checked model, as float32.
 *
 * @throws UserError if a number is not finite.
 */
export function contentOf(model: ForeignModel, parts: ForeignParts): ModelContent {
  const weights = new Map<string, TensorValue>();
  for (const [name, { shape, numbers }] of model.parameters) {
    const data = Float32Array.from(numbers());
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new UserError(
        `${parts.names.arrays}: ${name} would hold ${data[bad]}, which is no number of float32; give the weights of a training that did not fail.`,
      );
    }
    weights.set(name, { dtype: "float32", shape, data });
  }
  const { source, target } = parts;
  return {
    sizes: model.sizes,
    weights,
    source: source.tokenizer,
    target: target.tokenizer,
    summary: null,
  };
}

/** The number of weights of a model. */
export function weightCount({ parameters }: ForeignModel): number {
  return Array.from(parameters.values()).reduce(
    (total, { shape }) => total + elementCount(shape),
    0,
  );
}

/** The configuration of a mapping, with the sizes of its vocabularies. */
function sizesOf({ mapping, source, target, names }: ForeignParts): ModelSizes {
  const { preset, ...changes } = mapping.model;
  const place = `${names.mapping}: model`;
  if (typeof preset !== "string") {
    throw new UserError(`${place}: the preset is missing; name one, such as "luong2015".`);
  }
  const table: OptionTable = modelOptions;
  for (const key of Object.keys(changes)) {
    if (Object.hasOwn(table, key) && table[key]?.isDerived !== true) continue;
    const meant = didYouMean(nearest(key, Object.keys(modelOptions)));
    throw new UserError(`${place}: there is no option ${key}.${meant && ` ${meant}`}`);
  }
  try {
    const configuration = configure(preset, changes);
    return {
      ...configuration,
      sourceVocabulary: source.tokenizer.size,
      targetVocabulary: target.tokenizer.size,
    };
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${place}: ${error.message}`) : error;
  }
}
