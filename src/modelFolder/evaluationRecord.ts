/**
 * @file `evaluation.json` beside a model: what `seq2see evaluate --save` measured, for a page to show.
 * Isomorphic.
 */

import { z } from "zod";
import { parseJson } from "../files/json.ts";
import { UserError } from "../tensor/errors.ts";

/** The name of the record in the folder of its model. */
export const evaluationFile = "evaluation.json";

/** BLEU of the sentences whose sources have so many words or characters, both ends included. */
export interface RecordedLength {
  readonly from: number;
  /** Null if the range has no upper end. */
  readonly to: number | null;
  readonly sentences: number;
  /** From 0 to 100; null without a sentence. */
  readonly bleu: number | null;
  /** What BLEU depends on, where it is not what the whole set's depends on. */
  readonly signature?: string | undefined;
}

/** How good a model is on one set. */
export interface RecordedSet {
  readonly set: string;
  /** The day of the measurement: `2025-11-30`. */
  readonly date: string;
  readonly beam: number;
  readonly sentences: number;
  /** From 0 to 100. */
  readonly bleu: number;
  /** chrF2, from 0 to 100. */
  readonly chrf: number;
  /** Of a target token, ends of sentences included. */
  readonly perplexity: number;
  /** What BLEU depends on, in sacreBLEU's form. */
  readonly signature: string;
  /** The training step of the weights that were measured; null if that is not known. */
  readonly steps: number | null;
  /** What lengths are counted in, if it is not words. */
  readonly lengthUnit?: "characters" | undefined;
  readonly byLength: readonly RecordedLength[];
}

/** What `evaluation.json` holds. */
export interface EvaluationRecord {
  readonly format: "seq2see-evaluation";
  readonly version: 1;
  readonly sets: readonly RecordedSet[];
}

const amount = z.number().min(0);
const count = amount.int();
const text = z.string().min(1);

const lengthSchema = z.object({
  from: count,
  to: count.nullable(),
  sentences: count,
  bleu: amount.nullable(),
  signature: text.optional(),
});

const setSchema = z.object({
  set: text,
  date: z.iso.date(),
  beam: count,
  sentences: count,
  bleu: amount,
  chrf: amount,
  perplexity: amount,
  signature: text,
  steps: count.nullable().default(null),
  lengthUnit: z.literal("characters").optional(),
  byLength: z.array(lengthSchema),
});

/** The schema of `evaluation.json`. Parts that a later version may add are left out when it is read. */
export const evaluationSchema: z.ZodType<EvaluationRecord> = z.object({
  format: z.literal("seq2see-evaluation"),
  version: z.literal(1),
  sets: z.array(setSchema),
});

/**
 * Reads a record.
 *
 * @param path what to call it in errors.
 * @throws UserError naming the part that is missing or wrong.
 */
export function evaluationOf(bytes: Uint8Array, path: string): EvaluationRecord {
  const value = parseJson(bytes, path, "remove the file and measure again");
  const result = evaluationSchema.safeParse(value);
  if (result.success) return result.data;
  const { path: at, message } = result.error.issues[0] as z.core.$ZodIssue;
  throw new UserError(
    `${path}: ${at.join(".") || "the file"}: ${message}; it is not an evaluation.json of this version of seq2see: remove the file and measure again.`,
  );
}

/** Returns a record with a set that was measured, in place of what it said of that set with that beam. */
export function withSet(record: EvaluationRecord | null, measured: RecordedSet): EvaluationRecord {
  const others = (record?.sets ?? []).filter(
    ({ set, beam }) => set !== measured.set || beam !== measured.beam,
  );
  return { format: "seq2see-evaluation", version: 1, sets: [...others, measured] };
}
