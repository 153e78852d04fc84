/**
 * @file `evaluation.json` beside a model: what evaluation measured and kept, for a page to show.
 * Isomorphic.
 */

import { z } from "zod";
import { parseJson } from "../files/json.ts";
import { readBySchema } from "../files/schema.ts";

/** The name of the record in the folder of its model. */
export const evaluationFile = "evaluation.json";

/** BLEU of the sentences whose source has from `from` to `to` words or characters, both included. */
export interface RecordedLength {
  readonly from: number;
  /** Null if the range has no upper end. */
  readonly to: number | null;
  readonly sentences: number;
  /** From 0 to 100; null if the range has no sentence. */
  readonly bleu: number | null;
  /** The parameters of BLEU, if they differ from those of the whole set. */
  readonly signature?: string | undefined;
}

/** The quality of a model on one set. */
export interface RecordedSet {
  readonly set: string;
  /** The date of the measurement: `2025-11-30`. */
  readonly date: string;
  readonly beam: number;
  readonly sentences: number;
  /** From 0 to 100. */
  readonly bleu: number;
  /** chrF2, from 0 to 100. */
  readonly chrf: number;
  /** Per target token, including end-of-sentence tokens. */
  readonly perplexity: number;
  /** The parameters of BLEU, in sacreBLEU's format. */
  readonly signature: string;
  /** The training step of the measured weights; null if unknown. */
  readonly steps: number | null;
  /** The unit of lengths, if it is not words. */
  readonly lengthUnit?: "characters" | undefined;
  readonly byLength: readonly RecordedLength[];
}

/** The content of `evaluation.json`. */
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

/** The schema of `evaluation.json`. Properties of later versions are dropped when it is read. */
export const evaluationSchema: z.ZodType<EvaluationRecord> = z.object({
  format: z.literal("seq2see-evaluation"),
  version: z.literal(1),
  sets: z.array(setSchema),
});

/**
 * Reads a record.
 *
 * @param path the file's name in errors.
 * @throws UserError naming the property that is missing or wrong.
 */
export function evaluationOf(bytes: Uint8Array, path: string): EvaluationRecord {
  const value = parseJson(bytes, path, "remove the file and measure again");
  const remedy =
    "it is not an evaluation.json of this version of seq2see: remove the file and measure again";
  return readBySchema(evaluationSchema, value, { name: path, remedy });
}

/** Returns a record with a measured set, which replaces its entry for the same set and beam. */
export function withSet(record: EvaluationRecord | null, measured: RecordedSet): EvaluationRecord {
  const others = (record?.sets ?? []).filter(
    ({ set, beam }) => set !== measured.set || beam !== measured.beam,
  );
  return { format: "seq2see-evaluation", version: 1, sets: [...others, measured] };
}
