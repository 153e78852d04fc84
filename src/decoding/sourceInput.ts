import type { ModelSizes } from "../models/configuration.ts";
import { UserError } from "../tensor/errors.ts";
import type { FeatureInput, SourceSequence, SourceSizes } from "../tensor/sequence.ts";
import { withFeatures } from "../tensor/sequence.ts";
import { firstPlaceId, placeIds } from "../text/placeTokenizer.ts";
import type { TextEncoding, TextTokenizer } from "../text/tokenizer.ts";

/** What is to be translated: a text, or rows of features for a model that reads these. */
export type SourceInput = string | FeatureInput;

/** A source as a model reads it, or as several do. */
export interface SourceReading<Source> {
  /** Whether it is a text, so that its words can be copied. */
  readonly isText: boolean;
  readonly ids: Source;
  /** The tokens that attention has weights for. */
  readonly tokens: readonly string[];
  readonly words: TextEncoding["words"];
}

/** What makes {@link SourceReading}s of sources. */
export interface SourceReader<Source> {
  readonly sizes: SourceSizes;
  /** @throws UserError if the model does not read such a source. */
  read(source: SourceInput): SourceReading<Source>;
}

/** A source as one model reads it. */
export interface SourceEncoding extends SourceReading<number[] & SourceSequence> {
  /** Of features, the ids of their places. */
  readonly ids: number[] & SourceSequence;
}

/** What reads the sources of one model. */
export function sourceReader(
  tokenizer: TextTokenizer,
  sizes: ModelSizes,
): SourceReader<SourceSequence> {
  return { sizes, read: (source) => encodeSource(source, tokenizer, sizes) };
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
  sizes: ModelSizes,
): SourceEncoding {
  const isFeatures = sizes.sourceInput === "features";
  if (typeof source === "string") {
    if (!isFeatures) return { isText: true, ...tokenizer.encode(source) };
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
    isText: false,
    ids: withFeatures(ids, () => data),
    tokens,
    words: tokens.map((text, start) => ({ text, start, end: start + 1 })),
  };
}
