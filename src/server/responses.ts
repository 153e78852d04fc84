/** @file The answers of the API: types, and the schemas that describe them. */

import { z } from "zod";
import type { Translation } from "../decoding/textModel.ts";

/** A translation in the API's form. */
export type TranslationAnswer = Omit<Translation, "attention" | "sourceTokens"> & {
  /** Only on request; as lists of numbers. */
  readonly attention?: readonly ArrayLike<number>[] | null;
};

/** The API's answer for one text. */
export interface TextAnswer {
  readonly source: string;
  readonly sourceTokens: readonly string[];
  /** Best first. */
  readonly translations: readonly TranslationAnswer[];
}

/** The answer of `POST /api/translate`: a result for each text, in the order of the request. */
export interface TranslateAnswer {
  readonly model: string;
  readonly results: readonly TextAnswer[];
}

/** Returns the API's answer for the translations of a text. */
export function textAnswer(
  source: string,
  found: readonly Translation[],
  withAttention: boolean,
): TextAnswer {
  return {
    source,
    sourceTokens: found[0]?.sourceTokens ?? [],
    translations: found.map(({ attention, sourceTokens: _, ...told }) => ({
      ...told,
      // Copies, because the rows are views that would keep all values of the search in memory.
      ...(withAttention && { attention: attention?.map((row) => row.slice()) ?? null }),
    })),
  };
}

/** The number of attention weights in the translations of a text. */
export function weightsOf(found: readonly Translation[]): number {
  const [first] = found;
  const rows = found.reduce((sum, { attention }) => sum + (attention?.length ?? 0), 0);
  return rows * (first?.sourceTokens.length ?? 0);
}

const described = <Schema extends z.ZodType>(schema: Schema, description: string): Schema =>
  schema.meta({ description });
const string = z.string();
const number = z.number();
const list = (items: z.ZodType, description: string): z.ZodType =>
  described(z.array(items), description);

/** Describes every error answer. */
export const errorSchema = described(
  z.object({ error: described(string, "One sentence: what is wrong, what to do.") }),
  "The request cannot be answered.",
);

/** Describes the answer of `GET /api/health`. */
export const healthSchema = z.object({
  status: z.literal("ok"),
  version: string,
  models: described(z.int(), "How many models there are."),
});

/** Describes `ModelList`. */
export const modelsSchema = z.object({
  models: list(
    z.object({
      name: string,
      path: described(string, "Its folder, relative to `models.json`."),
      title: string.optional(),
      card: described(z.looseObject({}), "The content of its card.json.").optional(),
      samples: described(
        z.array(z.object({ source: string, target: string.nullable() })),
        "A few pairs of its dev set, if its run kept them.",
      ).optional(),
      sizes: described(
        z.looseObject({}).nullable(),
        "Its architecture and sizes; null until its training has yielded a model.",
      ),
      hasTraining: z.boolean(),
      hasMetrics: described(z.boolean(), "There is training/metrics.jsonl."),
      hasWatched: described(z.boolean(), "There is training/watched.jsonl."),
      isTraining: described(z.boolean(), "A process trains in its folder now."),
      hasEvaluation: described(z.boolean(), "There is evaluation.json."),
      bytes: described(z.int(), "How much has to be fetched to run it."),
    }),
    "All models; the first is the default.",
  ),
});

/** Describes {@link TranslateAnswer}. */
export const translateSchema = z.object({
  model: string,
  results: list(
    z.object({
      source: string,
      sourceTokens: list(string, "The pieces that the model read."),
      translations: list(
        z.object({
          text: string,
          tokens: list(string, "The pieces that the model wrote, without the end."),
          logProbability: described(number, "log p of the translation, in nats."),
          logProbabilities: list(number, "log p of each token and of the end."),
          score: described(number, "What translations are ranked by."),
          alignment: list(
            z.array(z.int()).length(2),
            "Pairs of words, source first, from 0; null without attention.",
          ).nullable(),
          finished: described(
            z.boolean(),
            "Whether it came to its end, or was cut at the maximum length.",
          ),
          attention: list(
            list(number, "A weight for each source token."),
            "A row for each token and one for the end; null without attention. If asked for.",
          )
            .nullable()
            .optional(),
        }),
        "Best first.",
      ),
    }),
    "One for each text, in the order of the request.",
  ),
});

/** Describes a trace; `docs/trace.md` has the details. */
export const traceSchema = described(
  z.looseObject({ format: z.literal("seq2see-trace"), version: z.literal(3) }),
  "The record of the translation: source, hypotheses, search and named tensors.",
);
