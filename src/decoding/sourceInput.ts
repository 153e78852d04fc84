import type { ModelSizes } from "../models/configuration.ts";
import { UserError } from "../tensor/errors.ts";
import type { FeatureInput, SourceSequence } from "../tensor/sequence.ts";
import { withFeatures } from "../tensor/sequence.ts";
import { firstPlaceId, placeIds } from "../text/placeTokenizer.ts";
import type { TextEncoding, TextTokenizer } from "../text/tokenizer.ts";

/** What is to be translated: a text, or rows of features for a model that reads these. */
export type SourceInput = string | FeatureInput;

/** A source as the model reads it. */
export interface SourceEncoding extends TextEncoding {
  /** Of features, the ids of their places. */
  readonly ids: number[] & SourceSequence;
}

/** What to call a source: its text, or the name of the features. */
export function sourceName(source: SourceInput): string {
  return typeof source === "string" ? source : source.name;
}

/**
 * Cuts a text into tokens, or takes rows of features, each of whose places is a token and a word.
 *
 * @param tokenizer the source's: of a model of features, that of the places.
 * @throws UserError if the model does not read such a source.
 */
export function encodeSource(
  source: SourceInput,
  tokenizer: TextTokenizer,
  sizes: Pick<ModelSizes, "sourceInput" | "sourceFeatures">,
): SourceEncoding {
  const isFeatures = sizes.sourceInput === "features";
  if (typeof source === "string") {
    if (!isFeatures) return tokenizer.encode(source);
    throw new UserError(
      `"${source}" is a text, but the model reads rows of features; give it what readSource makes of a file.`,
    );
  }
  const { name, shape, data } = source;
  if (!isFeatures) {
    throw new UserError(`${name}: these are features, but the model reads text; give it a text.`);
  }
  const [positions, size] = shape;
  if (size !== sizes.sourceFeatures) {
    throw new UserError(
      `${name}: its rows have ${size} numbers where the model reads ${sizes.sourceFeatures}; make it as the training data were made.`,
    );
  }
  const known = tokenizer.size - firstPlaceId;
  if (positions > known) {
    throw new UserError(
      `${name}: it has ${positions} rows where the model knows ${known} places; make it as the training data were made.`,
    );
  }
  const ids = placeIds(positions);
  const tokens = ids.map((id) => tokenizer.tokenOf(id));
  return {
    ids: withFeatures(ids, () => data),
    tokens,
    words: tokens.map((text, start) => ({ text, start, end: start + 1 })),
  };
}
