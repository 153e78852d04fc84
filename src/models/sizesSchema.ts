import { z } from "zod";
import { cellKinds } from "../nn/cells.ts";
import { attentionScopes } from "../nn/scope.ts";
import { attentionKinds } from "../nn/scores/kinds.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import { bridges } from "./modelConfiguration.ts";

const count = z.number().int().positive();
const natural = z.number().int().nonnegative();

const fields = {
  preset: z.string(),
  sourceInput: z.enum(["tokens", "features"]),
  sourceFeatures: natural,
  patchRows: natural,
  patchColumns: natural,
  encoder: z.enum(["recurrent", "none"]),
  cell: z.enum(cellKinds),
  cellBias: z.boolean(),
  resetGate: z.enum(["before", "after"]),
  forgetBias: z.number(),
  cellClip: z.number(),
  embedding: count,
  hidden: count,
  layers: count,
  encoderLayers: count,
  bidirectional: z.boolean(),
  bidirectionalStacks: z.boolean(),
  bidirectionalLayers: z.boolean(),
  encoderHidden: count,
  residualFrom: natural,
  attention: z.enum(["none", ...attentionKinds]),
  attentionHidden: count,
  attentionScope: z.enum(attentionScopes),
  window: count,
  locations: count,
  attentionPlace: z.enum(["after", "before", "between"]),
  upperContext: z.enum(["current", "previous"]),
  contextGate: z.boolean(),
  inputFeeding: z.boolean(),
  startInput: z.enum(["embedding", "zero"]),
  bridge: z.enum(bridges),
  summary: z.enum(["none", "last", "linear"]),
  readout: z.enum(["attentional", "linear", "maxout", "none"]),
  maxout: natural,
  readoutState: z.enum(["previous", "current"]),
  outputRank: natural,
  outputBias: z.boolean(),
  tiedEmbeddings: z.boolean(),
  reverseSource: z.boolean(),
  dropout: z.number(),
  dropoutOn: z.enum(["outputs", "inputs"]),
  initialRange: z.union([z.number(), z.enum(["bahdanau", "glorot"])]),
  sourceVocabulary: count,
  targetVocabulary: count,
} satisfies Record<keyof ModelSizes, z.ZodType>;

/**
 * Fills in what files of an earlier version do not say: they are of models that had no choice there.
 *
 * @param sizes a model's sizes as a file has them, not yet checked.
 */
export function withEarlierDefaults(sizes: unknown): unknown {
  if (typeof sizes !== "object" || sizes === null) return sizes;
  const { attention, attentionPlace, layers } = sizes as Partial<ModelSizes>;
  const later = attention === "none" ? "none" : "attentional";
  const added: Partial<ModelSizes> = {
    sourceInput: "tokens",
    sourceFeatures: 0,
    patchRows: 0,
    patchColumns: 0,
    encoder: "recurrent",
    cellBias: true,
    resetGate: "before",
    forgetBias: 0,
    cellClip: 0,
    ...(layers !== undefined && { encoderLayers: layers }),
    bidirectionalStacks: false,
    bidirectionalLayers: false,
    residualFrom: 0,
    attentionScope: "global",
    window: 10,
    locations: 50,
    upperContext: "current",
    contextGate: false,
    startInput: "embedding",
    summary: "none",
    readout: attentionPlace === "before" ? "maxout" : later,
    readoutState: "previous",
    outputRank: 0,
    dropoutOn: "outputs",
  };
  return { ...added, ...sizes };
}

/** What a model's sizes look like in a file; that they fit together is for `checkConfiguration`. */
export const sizesSchema: z.ZodType<ModelSizes> = z.preprocess(
  withEarlierDefaults,
  z.object(fields),
);
