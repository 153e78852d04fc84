/** @file A request to translate, as work for the queue. */

import { withSeedAfter } from "../decoding/options.ts";
import type { TranslateOptions, Translation } from "../decoding/textModel.ts";
import type { Seq2Seq } from "../library/seq2seq.ts";
import { ApiError } from "./apiError.ts";
import { checkWeights, searchedTokens } from "./budget.ts";
import type { TextAnswer } from "./responses.ts";
import { textAnswer, weightsOf } from "./responses.ts";
import type { WorkQueue } from "./workQueue.ts";

/** What is to be translated, and for whom. */
export interface Translating {
  readonly texts: readonly string[];
  readonly options: TranslateOptions;
  /** Whether the weights of attention are wanted. */
  readonly withAttention: boolean;
  /** The model's folder. */
  readonly folder: string;
  /** Yields the model, as it is now. */
  readonly load: () => Promise<Seq2Seq>;
  /** Who asks. */
  readonly client: string;
  /** Is aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** How often a request is begun anew because its model was replaced meanwhile. */
const tries = 5;

/**
 * Translates texts in their turns. All of them by one model: if it is replaced meanwhile, from the start.
 *
 * @throws ApiError if the request takes more than is allowed, or the queue cannot take it.
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
    // Each of several sampled texts has random numbers of its own, by its place in the list.
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
