/** @file A request to translate, as work for the queue. */

import { withSeedAfter } from "../decoding/options.ts";
import type { TranslateOptions, Translation } from "../decoding/textModel.ts";
import type { Seq2Seq } from "../library/seq2seq.ts";
import { ApiError } from "./apiError.ts";
import { checkWeights, searchedTokens } from "./budget.ts";
import type { TextAnswer } from "./responses.ts";
import { textAnswer, weightsOf } from "./responses.ts";
import type { WorkQueue } from "./workQueue.ts";

/** The texts to translate, and the client. */
export interface Translating {
  readonly texts: readonly string[];
  readonly options: TranslateOptions;
  /** Whether to return attention weights. */
  readonly withAttention: boolean;
  /** The model's folder. */
  readonly folder: string;
  /** Returns the current model. */
  readonly load: () => Promise<Seq2Seq>;
  /** The client. */
  readonly client: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** The maximum number of attempts for a request whose model is replaced meanwhile. */
const tries = 5;

/**
 * Translates texts in turns, all of them with one model: if it is replaced meanwhile, starts again.
 *
 * @throws ApiError if the request costs too much, or the queue is full.
 */
export async function translateInTurns(
  queue: WorkQueue,
  translating: Translating,
): Promise<TextAnswer[]> {
  for (let time = 0; time < tries; time++) {
    const answers = await translatedByOne(queue, translating);
    if (answers) return answers;
  }
  throw new ApiError(503, "The model is being replaced again and again; try again in a minute.", {
    "retry-after": "60",
  });
}

/** The answers, or null if the model was replaced between two of them. */
async function translatedByOne(
  queue: WorkQueue,
  { texts, options, withAttention, folder, load, client, signal }: Translating,
): Promise<TextAnswer[] | null> {
  const { sample } = options;
  const answers: TextAnswer[] = [];
  let weights = 0;
  let first: Seq2Seq | undefined;
  const replaced = new Error("The model was replaced.");
  const done = queue.add<{ readonly model: Seq2Seq; readonly found: Translation[] }>({
    texts,
    client,
    signal,
    costs: searchedTokens(texts, options),
    // Each of several sampled texts has its own random numbers, by its index in the list.
    key: sample ? null : JSON.stringify([folder, options]),
    work: async (portion, abort, start) => {
      abort.throwIfAborted();
      const model = await load();
      const all = await model.translateAll(portion, {
        ...withSeedAfter(options, start),
        observe: () => abort.throwIfAborted(),
      });
      return all.map((found) => ({ model, found }));
    },
    take: (results) => {
      for (const { model, found } of results) {
        first ??= model;
        if (model !== first) throw replaced;
        weights += withAttention ? weightsOf(found) : 0;
        checkWeights(weights);
        answers.push(textAnswer(texts[answers.length] as string, found, withAttention));
      }
    },
  });
  return done.then(
    () => answers,
    (error: unknown) => {
      if (error === replaced) return null;
      throw error;
    },
  );
}
