import { unknownId } from "../text/specialTokens.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { hardLinks, tokenWords, wordAttention } from "./alignment.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { InferenceModel } from "./inferenceModel.ts";
import type { ForcedScore } from "./score.ts";
import { scoreForced } from "./score.ts";
import { search } from "./search.ts";
import type { SearchOptions } from "./searchOptions.ts";
import type { SourceEncoding, SourceInput } from "./sourceInput.ts";
import { encodeSource } from "./sourceInput.ts";
import { replaceUnknown } from "./unknownWords.ts";

/** How texts are translated. */
export interface TranslateOptions extends SearchOptions {
  /**
   * Whether an unknown token of the translation is replaced by what the source has where most attention
   * was (see `replaceUnknown`); it is, where there is attention, unless this is false.
   */
  readonly replaceUnknown?: boolean;
}

/** A translation of one text. */
export interface Translation {
  readonly text: string;
  /** The pieces that the model wrote, without start and end. */
  readonly tokens: readonly string[];
  /** The pieces that it read. */
  readonly sourceTokens: readonly string[];
  /** log p of the translation, in nats. */
  readonly logProbability: number;
  /** log p of each token and of the end. */
  readonly logProbabilities: readonly number[];
  /** What translations are ranked by. */
  readonly score: number;
  /** A row for each token and one for the end, with a weight for each source token; null without attention. */
  readonly attention: readonly Float32Array[] | null;
  /** Pairs of words, source first, numbered from 0; null without attention. */
  readonly alignment: readonly (readonly [source: number, target: number])[] | null;
  /** Whether it came to its end; otherwise it was cut at the maximum length. */
  readonly finished: boolean;
}

/** How probable a given translation is. */
export interface Scoring extends ForcedScore {
  readonly tokens: readonly string[];
  readonly sourceTokens: readonly string[];
}

/** Translates texts, or describes features, with a model and its tokenizers. */
export class Translator {
  private readonly model: InferenceModel;
  private readonly source: TextTokenizer;
  private readonly target: TextTokenizer;

  constructor(model: InferenceModel, source: TextTokenizer, target: TextTokenizer) {
    this.model = model;
    this.source = source;
    this.target = target;
  }

  /**
   * Translates texts.
   *
   * @param sources texts, or rows of features for a model that reads these.
   * @returns for each text its best translations, best first: one, or `nBest`.
   * @throws UserError if an option is out of range.
   */
  async translate(
    sources: readonly SourceInput[],
    options: TranslateOptions = {},
  ): Promise<Translation[][]> {
    const encodings = sources.map((source) => this.encode(source));
    const found = await search(
      this.model,
      encodings.map(({ ids }) => ids),
      options,
    );
    return found.map((hypotheses, index) =>
      hypotheses.map((hypothesis) =>
        this.translation(
          hypothesis,
          encodings[index] as SourceEncoding,
          options.replaceUnknown ?? true,
        ),
      ),
    );
  }

  /**
   * How probable the model finds given translations.
   *
   * @throws UserError if a source has no tokens.
   */
  async score(
    pairs: readonly { readonly source: SourceInput; readonly target: string }[],
  ): Promise<Scoring[]> {
    const encodings = pairs.map(({ source, target }) => ({
      source: this.encode(source),
      target: this.target.encode(target),
    }));
    const scores = await scoreForced(
      this.model,
      encodings.map(({ source, target }) => ({ source: source.ids, target: target.ids })),
    );
    return scores.map((score, index) => ({
      ...score,
      tokens: encodings[index]?.target.tokens ?? [],
      sourceTokens: encodings[index]?.source.tokens ?? [],
    }));
  }

  private encode(source: SourceInput): SourceEncoding {
    return encodeSource(source, this.source, this.model.sizes);
  }

  private translation(
    hypothesis: Hypothesis,
    source: SourceEncoding,
    isReplacing: boolean,
  ): Translation {
    const { ids, attention } = hypothesis;
    const text =
      // A place of features has nothing that could be copied.
      isReplacing && attention && ids.includes(unknownId) && !source.ids.features
        ? replaceUnknown(this.target, ids, attention, source)
        : this.target.decode(ids);
    const words = tokenWords(this.target, ids);
    return {
      text,
      tokens: ids.map((id) => this.target.tokenOf(id)),
      sourceTokens: source.tokens,
      logProbability: hypothesis.logProbability,
      logProbabilities: hypothesis.logProbabilities,
      score: hypothesis.score,
      attention,
      alignment: attention && hardLinks(wordAttention(attention, source.words, words)),
      finished: hypothesis.finished,
    };
  }
}
