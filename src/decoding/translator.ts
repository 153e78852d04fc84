import { unknownId } from "../text/specialTokens.ts";
import type { TextEncoding, TextTokenizer } from "../text/tokenizer.ts";
import { hardLinks, wordAttention } from "./alignment.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { InferenceModel } from "./inferenceModel.ts";
import type { ForcedScore } from "./score.ts";
import { scoreForced } from "./score.ts";
import { search } from "./search.ts";
import type { SearchOptions } from "./searchOptions.ts";

/** How texts are translated. */
export interface TranslateOptions extends SearchOptions {
  /**
   * Whether an unknown word of the translation is replaced by the source word that was attended to
   * most, as it was typed (Luong et al. 2015, §4); it is, where there is attention, unless this is false.
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

/** Translates texts with a model and its tokenizers. */
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
   * @returns for each text its best translations, best first: one, or `nBest`.
   * @throws UserError if an option is out of range.
   */
  async translate(
    texts: readonly string[],
    options: TranslateOptions = {},
  ): Promise<Translation[][]> {
    const encodings = texts.map((text) => this.source.encode(text));
    const found = await search(
      this.model,
      encodings.map(({ ids }) => ids),
      options,
    );
    return found.map((hypotheses, index) =>
      hypotheses.map((hypothesis) =>
        this.translation(
          hypothesis,
          encodings[index] as TextEncoding,
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
    pairs: readonly { readonly source: string; readonly target: string }[],
  ): Promise<Scoring[]> {
    const encodings = pairs.map(({ source, target }) => ({
      source: this.source.encode(source),
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

  private translation(
    hypothesis: Hypothesis,
    source: TextEncoding,
    isReplacing: boolean,
  ): Translation {
    const { ids, attention } = hypothesis;
    const replaced =
      isReplacing && attention && ids.includes(unknownId)
        ? this.replaceUnknown(ids, attention, source)
        : this.target.decode(ids);
    const spans = this.target.encode(this.target.decode(ids)).words;
    // A decoded text that is cut otherwise when read again has no spans that fit; then each token counts.
    const last = spans.at(-1)?.end ?? 0;
    const words =
      last === ids.length ? spans : ids.map((_, index) => ({ start: index, end: index + 1 }));
    return {
      text: replaced,
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

  /** Writes the known stretches as text, and between them the source words that were looked at. */
  private replaceUnknown(
    ids: readonly number[],
    attention: readonly ArrayLike<number>[],
    source: TextEncoding,
  ): string {
    const parts: string[] = [];
    let known: number[] = [];
    const close = (): void => {
      if (known.length > 0) parts.push(this.target.decode(known));
      known = [];
    };
    ids.forEach((id, row) => {
      if (id !== unknownId) {
        known.push(id);
        return;
      }
      close();
      const weights = wordAttention([attention[row] as ArrayLike<number>], source.words, [
        { start: 0, end: 1 },
      ]);
      const [link] = hardLinks(weights);
      const word = link && source.words[link[0]]?.text;
      parts.push(word === undefined ? this.target.tokenOf(unknownId) : this.cased(word));
    });
    close();
    return parts.join(this.target.kind === "char" ? "" : " ");
  }

  private cased(word: string): string {
    return this.target.isLowercase ? word.toLowerCase() : word;
  }
}
