/** @file The requests of the API: the limits, and the schemas that requests are checked against. */

import { z } from "zod";
import { searchOptions, textOptions } from "../decoding/options.ts";
import type { Option, OptionTable } from "../options/option.ts";
import { spelled } from "../options/spelling.ts";
import { hypothesisOption, tensorsOption } from "../trace/traceOptions.ts";
import { jsonSpelling } from "./jsonSpelling.ts";

type Limit =
  | ("body" | "text" | "tracedText" | "texts" | "beam" | "tokens" | "tracedTokens" | "penalty")
  | ("topK" | "seed" | "searched" | "searchedInAll")
  | ("weights" | "waiting" | "connections");

/**
 * The limits of one request, documented in `docs/server.md`. The number of searched tokens is the length of a
 * translation times the beam, which determines time and memory.
 */
export const limits: Readonly<Record<Limit, number>> = {
  /** The size of a request's body, in bytes. */
  body: 1024 * 1024,
  /** The length of a text to translate, in characters; and of a text to trace. */
  text: 2000,
  tracedText: 400,
  texts: 100,
  beam: 20,
  /** The length of a translation, in tokens. */
  tokens: 4000,
  tracedTokens: 400,
  /** The exponent of the length penalty and the weight of the coverage penalty. */
  penalty: 10,
  /** The number of tokens to sample from. */
  topK: 1000,
  seed: 2 ** 52,
  /** Searched tokens for one text; also the work of one turn. */
  searched: 25_000,
  /** Searched tokens for all texts of a request. */
  searchedInAll: 500_000,
  /** The attention weights in an answer. */
  weights: 5_000_000,
  /** The texts of all waiting requests. */
  waiting: 1000,
  connections: 1000,
};

/** Limits of single options, if they are tighter than the options' own. */
const bounds: Readonly<Record<string, { readonly least?: number; readonly most?: number }>> = {
  beam: { most: limits.beam },
  nBest: { most: limits.beam },
  lengthPenalty: { most: limits.penalty },
  coveragePenalty: { most: limits.penalty },
  seed: { least: 0, most: limits.seed },
  topK: { most: limits.topK },
  hypothesis: { most: limits.beam - 1 },
};

/** The fields of a request for some options; numbers of tokens are at most `tokens`. */
function fieldsOf<Table extends OptionTable>(
  table: Table,
  tokens: number,
): { readonly [Key in keyof Table]: z.ZodExactOptional<Table[Key]["schema"]> } {
  const lengths = { most: tokens };
  const own = { ...bounds, minLength: lengths, maxLength: lengths, noRepeatNgram: lengths };
  const fields = Object.entries(table).map(([key, row]) => {
    const { least, most } = (own as typeof bounds)[key] ?? {};
    let schema = row.schema as z.ZodNumber;
    if (least !== undefined) schema = schema.min(least);
    if (most !== undefined) schema = schema.max(most);
    return [key, schema.meta({ description: descriptionOf(row) }).exactOptional()];
  });
  return Object.fromEntries(fields);
}

function descriptionOf({ help, default: value, defaultText }: Option): string {
  const usual = defaultText ?? value;
  const standard = usual === undefined ? "" : ` (default: ${String(usual)})`;
  const text = spelled(help + standard, jsonSpelling);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** A text of at most so many characters, however many units of UTF-16 these take. */
const text = (most: number) =>
  z
    .string()
    .refine((value) => Array.from(value).length <= most)
    .meta({
      maxLength: most,
      description: "A text in the model's source language.",
      examples: ["Je suis étudiant."],
    });

const model = z
  .string()
  .exactOptional()
  .meta({
    description: "The name of a model, as `/api/models` lists it (default: the first one).",
    examples: ["fr-en"],
  });

const { replaceUnknown } = textOptions;

/** The body of `POST /api/translate`. */
export const translateBody = z.strictObject({
  text: text(limits.text).exactOptional(),
  texts: z
    .array(text(limits.text))
    .min(1)
    .max(limits.texts)
    .exactOptional()
    .meta({ description: "Several texts, in place of `text`." }),
  model,
  ...fieldsOf({ ...searchOptions, replaceUnknown }, limits.tokens),
  attention: z
    .boolean()
    .exactOptional()
    .meta({
      description: `Whether the answer has the weights of attention, up to ${limits.weights} of them (default: false).`,
    }),
});

/** The body of `POST /api/translate`. */
export type TranslateRequest = z.output<typeof translateBody>;

const ids = (description: string) =>
  z.array(z.int().min(0)).max(limits.tracedTokens).exactOptional().meta({ description });

/** The body of `POST /api/trace`. */
export const traceBody = z.strictObject({
  text: text(limits.tracedText),
  model,
  ...fieldsOf(
    { ...searchOptions, hypothesis: hypothesisOption, tensors: tensorsOption },
    limits.tracedTokens,
  ),
  prefix: ids("Ids of target tokens that the translation begins with."),
  target: ids("Ids of target tokens that are the translation, in place of a search."),
  attention: z
    .array(
      z.strictObject({
        step: z.int().min(0).meta({ description: "A decoder step, from 0." }),
        weights: z
          .array(z.number().min(0))
          .max(limits.tracedText)
          .meta({ description: "One weight for each source token." }),
      }),
    )
    .max(limits.tracedTokens)
    .exactOptional()
    .meta({ description: "Weights of attention in place of the model's own at some steps." }),
});

/** The body of `POST /api/trace`. */
export type TraceRequest = z.output<typeof traceBody>;
