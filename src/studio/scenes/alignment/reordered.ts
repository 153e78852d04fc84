/** @file A sentence whose words change their order, for a reader whose own sentence has none. */

import type { Seq2Seq } from "../../../library/webSeq2Seq.ts";
import { tokenTable } from "../../parts/alignmentTable.ts";
import { traceOf } from "../../state/models.ts";
import { reorderings, wordTable } from "./words.ts";

/** The first of some sentences whose translation by a model changes their order, word by word or piece by piece; null if none does. */
export async function firstReordered(
  model: Seq2Seq,
  sentences: readonly string[],
): Promise<string | null> {
  for (const sentence of sentences) {
    const trace = await traceOf(model, sentence);
    const tables = [tokenTable(trace), wordTable(trace, model.targetTokenizer.kind)];
    if (tables.every((table) => reorderings(table).length > 0)) return sentence;
  }
  return null;
}
