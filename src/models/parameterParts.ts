/** The parts of a model that have parameters, in the order of the computation. */
export const parameterParts = [
  "embeddings",
  "encoder",
  "bridge",
  "attention",
  "decoder",
  "output",
] as const;
export type ParameterPart = (typeof parameterParts)[number];

/** The part that each first word of a parameter's name belongs to. */
const partsByWord: Readonly<Record<string, ParameterPart>> = {
  source_embedding: "embeddings",
  target_embedding: "embeddings",
  position_embedding: "embeddings",
  features: "embeddings",
  source_convolution: "encoder",
  encoder: "encoder",
  bridge: "bridge",
  attention: "attention",
  decoder: "decoder",
  readout: "output",
  output: "output",
};

/**
 * The part of a model that a parameter belongs to.
 *
 * @throws RangeError if no part has parameters of that name.
 */
export function partOfParameter(name: string): ParameterPart {
  const [word] = name.split(".") as [string];
  const part = partsByWord[word];
  if (part) return part;
  throw new RangeError(`No part of a model has a parameter ${name}.`);
}
