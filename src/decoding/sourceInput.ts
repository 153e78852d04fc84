import type { ModelSizes } from "../models/configuration.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import type { FeatureInput, SourceSequence, SourceSizes } from "../tensor/sequence.ts";
import { badRowOf, withFeatures } from "../tensor/sequence.ts";
import { firstPlaceId, placeIds } from "../text/placeTokenizer.ts";
import { encodingWithSigns } from "../text/sourceSigns.ts";
import type { TextEncoding, TextTokenizer } from "../text/tokenizer.ts";

/** An input to translate: a text, or rows of features for a model that reads features. */
export type SourceInput = string | FeatureInput;

/** A source as read by one model or by the members of an ensemble. */
export interface SourceReading<Source> {
  /** Whether it is a text; only the words of a text can be copied. */
  readonly isText: boolean;
  readonly ids: Source;
  /** The tokens that attention weights refer to. */
  readonly tokens: readonly string[];
  readonly words: TextEncoding["words"];
}

/** Turns sources into {@link SourceReading}s. */
export interface SourceReader<Source> {
  readonly sizes: SourceSizes;
  /** What brings a text to its form before it is split. */
  readonly tokenizer: Pick<TextTokenizer, "normalization" | "normalize">;
  /** @throws UserError if the model does not read this kind of source. */
  read(source: SourceInput): SourceReading<Source>;
}

/** A source as read by one model. */
export interface SourceEncoding extends SourceReading<number[] & SourceSequence> {
  /** For features: the ids of their positions. */
  readonly ids: number[] & SourceSequence;
}

/** The source reader of one model. */
export function sourceReader(
  tokenizer: TextTokenizer,
  sizes: ModelSizes,
): SourceReader<SourceSequence> {
  return { sizes, tokenizer, read: (source) => encodeSource(source, tokenizer, sizes) };
}

/** The name of a source in messages: its text, or the name of the features. */
export function sourceName(source: SourceInput): string {
  return typeof source === "string" ? source : source.name;
}

/**
 * Encodes a text as tokens, or rows of features with each position as one token and one word.
 *
 * @param tokenizer the source tokenizer; for features, the vocabulary of positions.
 * @throws UserError if the model does not read this kind of source.
 */
export function encodeSource(
  source: SourceInput,
  tokenizer: TextTokenizer,
  sizes: ModelSizes,
): SourceEncoding {
  const isFeatures = sizes.sourceInput === "features";
  if (typeof source === "string") {
    if (!isFeatures) return { isText: true, ...encodingWithSigns(tokenizer.encode(source), sizes) };
    throw new UserError(
      `"${source}" is a text, but the model reads rows of features; give it what readSource makes of a file.`,
    );
  }
  if (!isFeatureInput(source)) {
    const kind = isFeatures ? "features, such as readSource makes of a file" : "text";
    throw new UserError(`${shownValue(source)} cannot be read; give the model ${kind}.`);
  }
  const { name, shape, data } = source;
  if (!isFeatures) {
    throw new UserError(`${name}: these are features, but the model reads text; give it a text.`);
  }
  const [positions, size] = shape;
  if (size !== sizes.sourceFeatures) {
    throw new UserError(
      `${name}: its rows have ${counted(size, "number")} where the model reads ${sizes.sourceFeatures}; make it as the training data were made.`,
    );
  }
  const known = tokenizer.size - firstPlaceId;
  if (positions > known) {
    throw new UserError(
      `${name}: it has ${counted(positions, "row")} where the model knows ${counted(known, "place")}; make it as the training data were made.`,
    );
  }
  if (data.length !== positions * size) {
    throw new UserError(
      `${name}: its data are ${counted(data.length, "number")} where its shape is ${positions} × ${size}; give one for each.`,
    );
  }
  const bad = badRowOf(data, size);
  if (bad !== null) {
    throw new UserError(`${name}: row ${bad} has a number that is not finite; make it again.`);
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

/** Whether a value, which programs without types may give, has the form of features. */
function isFeatureInput(value: unknown): value is FeatureInput {
  if (typeof value !== "object" || value === null) return false;
  const { name, shape, data } = value as Partial<FeatureInput>;
  return (
    typeof name === "string" &&
    // Also one of another window or context.
    Object.prototype.toString.call(data) === "[object Float32Array]" &&
    Array.isArray(shape) &&
    shape.length === 2 &&
    shape.every((size) => Number.isInteger(size) && size > 0)
  );
}

/** A value in a sentence. */
function shownValue(value: unknown): string {
  if (typeof value !== "object" || value === null) return `The source ${String(value)}`;
  return "The source is neither a text nor { name, shape: [rows, size], data: Float32Array }; it";
}
