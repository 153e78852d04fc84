/** @file The form of a mapping file: a model in our terms, made of another program's arrays (docs/import.md). */

import { z } from "zod";

/** Changes to an array, in the order in which they are made. */
const changes = {
  /** The rows, or the columns with `axis` 1, are those of a vocabulary: they are brought into the order of ours. */
  vocabulary: z
    .union([
      z.enum(["source", "target"]),
      z.strictObject({
        of: z.enum(["source", "target"]),
        axis: z.int().min(0).max(1).default(0),
        /** What stands at tokens that only our vocabulary has. */
        missing: z.number().optional(),
      }),
    ])
    .optional(),
  /** Another shape with the same numbers in the same order. */
  reshape: z.array(z.int().min(1)).optional(),
  /** Rows become columns. */
  transpose: z.boolean().optional(),
  /**
   * The gates in their order, along the last axis; a minus in front turns the signs around, such as `-update` for
   * an update gate that weighs the new state.
   */
  gates: z.array(z.string()).min(1).optional(),
  /** A factor. */
  scale: z.number().optional(),
};

const range = z.tuple([z.int().min(0), z.int().min(1)]);

/** An array, or a part of it. */
const arraySchema = z.strictObject({
  array: z.string(),
  /** The place along the first axis of an array with an axis too many, such as one for layers. */
  index: z.int().min(0).optional(),
  /** From the first number up to, and not including, the second. */
  rows: range.optional(),
  columns: range.optional(),
  /** Arrays that must hold the same numbers, such as tied weights; they count as used. */
  equalTo: z.array(z.string()).optional(),
  /** Whether these numbers also stand in another parameter. */
  again: z.boolean().optional(),
  ...changes,
});

type Changes = {
  -readonly [Key in keyof typeof changes]: z.output<(typeof changes)[Key]>;
};

/** A part of an array with changes. */
export type ArrayExpression = z.output<typeof arraySchema>;

/** Where the numbers of a parameter come from. */
export type Expression =
  | string
  | ArrayExpression
  | ({ sum: Expression[] } & Partial<Changes>)
  | ({ join: Expression[]; axis?: number | undefined } & Partial<Changes>)
  | { fill: number };

/** The changes that any expression but a plain name can have. */
export type ExpressionChanges = Partial<Changes>;

const part: z.ZodType<Expression> = z.lazy(() => expressionSchema);

/** The form of an expression. */
const expressionSchema: z.ZodType<Expression> = z.union(
  [
    z.string(),
    arraySchema,
    z.strictObject({ sum: z.array(part).min(2), ...changes }),
    z.strictObject({
      join: z.array(part).min(2),
      /** 0 to put them below each other, 1 beside each other. */
      axis: z.int().min(0).max(1).optional(),
      ...changes,
    }),
    z.strictObject({ fill: z.number() }),
  ],
  { error: "it is no name of an array, and no object with array, sum, join or fill" },
);

/** The kinds of vocabularies. */
export const vocabularyKinds = ["word", "char", "json", "subword-nmt", "sentencepiece"] as const;

const spelling = z.string().min(1).nullable().optional();

const vocabularySchema = z.strictObject({
  kind: z.enum(vocabularyKinds).optional(),
  /** A file beside the mapping file. */
  file: z.string().min(1).optional(),
  /** The tokens in the order of their ids, in place of a file. */
  tokens: z.array(z.string()).min(1).optional(),
  /** How words are split: the merges of subword-nmt, or SentencePiece's model. */
  codes: z.string().min(1).optional(),
  /** Whether text is converted to lower case. */
  lowercase: z.boolean().optional(),
  /** How the special tokens are spelled in it; null if it has none of them. */
  special: z
    .strictObject({ padding: spelling, unknown: spelling, start: spelling, end: spelling })
    .optional(),
});

/** A vocabulary of another program. */
export type ForeignVocabulary = z.output<typeof vocabularySchema>;

/** The form of a mapping file. */
export const mappingSchema = z.strictObject({
  /** A preset and options of the model that change it, by their names in `config.json`. */
  model: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  vocabularies: z.strictObject({ source: vocabularySchema, target: vocabularySchema }),
  /** An expression for each parameter of the model. */
  parameters: z.record(z.string(), expressionSchema),
  /** Arrays that no parameter is made of. */
  unused: z.array(z.string()).default([]),
});

/** A mapping: a model in our terms, made of another program's arrays. */
export type Mapping = z.output<typeof mappingSchema>;
