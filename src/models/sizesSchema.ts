import { z } from "zod";
import type { ModelSizes } from "./configuration.ts";

const count = z.number().int().positive();

const fields = {
  preset: z.string(),
  // Files of before there were features have none of these.
  sourceInput: z.enum(["tokens", "features"]).default("tokens"),
  sourceFeatures: z.number().int().nonnegative().default(0),
  patchRows: z.number().int().nonnegative().default(0),
  patchColumns: z.number().int().nonnegative().default(0),
  encoder: z.enum(["recurrent", "none"]).default("recurrent"),
  cell: z.enum(["lstm", "gru"]),
  embedding: count,
  hidden: count,
  layers: count,
  bidirectional: z.boolean(),
  encoderHidden: count,
  attention: z.enum(["none", "dot", "general", "concat", "additive"]),
  attentionHidden: count,
  attentionPlace: z.enum(["after", "before"]),
  inputFeeding: z.boolean(),
  bridge: z.enum(["copy", "linear", "firstBackward"]),
  maxout: z.number().int().nonnegative(),
  outputBias: z.boolean(),
  tiedEmbeddings: z.boolean(),
  reverseSource: z.boolean(),
  dropout: z.number(),
  initialRange: z.union([z.number(), z.literal("bahdanau")]),
  sourceVocabulary: count,
  targetVocabulary: count,
} satisfies Record<keyof ModelSizes, z.ZodType>;

/** What a model's sizes look like in a file; that they fit together is for `checkConfiguration`. */
export const sizesSchema: z.ZodType<ModelSizes> = z.object(fields);
