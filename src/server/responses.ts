/** @file What the API answers: types, and the JSON schemas by which it is described. */

import type { Translation } from "../decoding/translator.ts";
import type { JsonSchema } from "./requests.ts";

/** A translation as the API tells it. */
export type TranslationAnswer = Omit<Translation, "attention" | "sourceTokens"> & {
  /** Only if it was asked for; as lists of numbers. */
  readonly attention?: readonly ArrayLike<number>[] | null;
};

/** What the API tells of one text. */
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

/** Yields what the API tells of the translations of a text. */
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
      // Copies, as the rows are parts of all that the search has seen, which would be kept with them.
      ...(withAttention && { attention: attention?.map((row) => row.slice()) ?? null }),
    })),
  };
}

/** How many weights of attention the translations of a text have. */
export function weightsOf(found: readonly Translation[]): number {
  const [first] = found;
  const rows = found.reduce((sum, { attention }) => sum + (attention?.length ?? 0), 0);
  return rows * (first?.sourceTokens.length ?? 0);
}

const object = (properties: Record<string, JsonSchema>, ...optional: string[]): JsonSchema => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const array = (items: JsonSchema, description: string): JsonSchema => ({
  type: "array",
  items,
  description,
});
const string: JsonSchema = { type: "string" };
const number: JsonSchema = { type: "number" };
const boolean: JsonSchema = { type: "boolean" };
const nullable = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  type: [schema.type as string, "null"],
});

/** Describes every answer that is an error. */
export const errorSchema: JsonSchema = {
  ...object({ error: { type: "string", description: "One sentence: what is wrong, what to do." } }),
  description: "The request cannot be answered.",
};

/** Describes the answer of `GET /api/health`. */
export const healthSchema: JsonSchema = object({
  status: { type: "string", examples: ["ok"] },
  version: string,
  models: { type: "integer", description: "How many models there are." },
});

/** Describes `ModelList`. */
export const modelsSchema: JsonSchema = object({
  models: array(
    object(
      {
        name: string,
        path: { type: "string", description: "Its folder, relative to `models.json`." },
        title: string,
        card: { type: "object", description: "The content of its card.json." },
        sizes: nullable({
          type: "object",
          description: "Its architecture and sizes; null until its training has yielded a model.",
        }),
        hasTraining: boolean,
        hasMetrics: { type: "boolean", description: "There is training/metrics.jsonl." },
        hasWatched: { type: "boolean", description: "There is training/watched.jsonl." },
        hasEvaluation: { type: "boolean", description: "There is evaluation.json." },
        bytes: { type: "integer", description: "How much has to be fetched to run it." },
      },
      "title",
      "card",
    ),
    "All models; the first is the default.",
  ),
});

/** Describes {@link TranslateAnswer}. */
export const translateSchema: JsonSchema = object({
  model: string,
  results: array(
    object({
      source: string,
      sourceTokens: array(string, "The pieces that the model read."),
      translations: array(
        object(
          {
            text: string,
            tokens: array(string, "The pieces that the model wrote, without the end."),
            logProbability: { type: "number", description: "log p of the translation, in nats." },
            logProbabilities: array(number, "log p of each token and of the end."),
            score: { type: "number", description: "What translations are ranked by." },
            alignment: nullable(
              array(
                { type: "array", items: { type: "integer" }, minItems: 2, maxItems: 2 },
                "Pairs of words, source first, from 0; null without attention.",
              ),
            ),
            finished: {
              type: "boolean",
              description: "Whether it came to its end, or was cut at the maximum length.",
            },
            attention: nullable(
              array(
                array(number, "A weight for each source token."),
                "A row for each token and one for the end; null without attention. If asked for.",
              ),
            ),
          },
          "attention",
        ),
        "Best first.",
      ),
    }),
    "One for each text, in the order of the request.",
  ),
});

/** Describes a trace; its own page tells all of it. */
export const traceSchema: JsonSchema = {
  type: "object",
  description: "The record of the translation: source, hypotheses, search and named tensors.",
  required: ["format", "version"],
  properties: {
    format: { type: "string", examples: ["seq2see-trace"] },
    version: { type: "integer", examples: [3] },
  },
};
