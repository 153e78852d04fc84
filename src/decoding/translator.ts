import { UserError } from "../tensor/errors.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import { unknownId } from "../tensor/specialIds.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { hardLinks, spacedWords, tokenWords, wordAttention } from "./alignment.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { TextSettings, TextValues } from "./options.ts";
import { checkTextValues, currentOptions } from "./options.ts";
import { scoreForced } from "./score.ts";
import { search } from "./search.ts";
import type { ForcedScore, SearchModel } from "./searchModel.ts";
import type { SearchOptions } from "./searchOptions.ts";
import type { SourceInput, SourceReader, SourceReading } from "./sourceInput.ts";
import { replaceUnknown } from "./unknownWords.ts";

/** How to translate texts. */
export interface TranslateOptions extends Omit<SearchOptions, "prefixes">, TextValues {
  /** The beginning of each translation, by the index of the text; "" for none. */
  readonly prefixes?: readonly string[];
}

/** A translation of one text. */
export interface Translation {
  readonly text: string;
  /** The tokens that the model wrote, without start and end. */
  readonly tokens: readonly string[];
  /** The tokens that it read. */
  readonly sourceTokens: readonly string[];
  /** log p of the translation, in nats. */
  readonly logProbability: number;
  /** log p of each token and of the end. */
  readonly logProbabilities: readonly number[];
  /** The ranking criterion. */
  readonly score: number;
  /** One row per token and one for the end, with a weight for each source token; null without attention. */
  readonly attention: readonly Float32Array[] | null;
  /** Pairs of words, source first, counted from 0; null without attention. */
  readonly alignment: readonly (readonly [source: number, target: number])[] | null;
  /** Whether it is complete; false if it was cut at the maximum length. */
  readonly finished: boolean;
}

/** The probability of a given translation. */
export interface Scoring extends ForcedScore {
  readonly tokens: readonly string[];
  readonly sourceTokens: readonly string[];
  /** Pairs of words separated by white space, source first, counted from 0; null without attention. */
  readonly alignment: Translation["alignment"];
}

/** Translates texts, or describes features, with a source reader, a model and its target tokenizer. */
export class Translator<Source = SourceSequence> {
  private readonly model: SearchModel<Source>;
  private readonly source: SourceReader<Source>;
  private readonly target: TextTokenizer;

  constructor(model: SearchModel<Source>, source: SourceReader<Source>, target: TextTokenizer) {
    this.model = model;
    this.source = source;
    this.target = target;
  }

  /**
   * Translates texts.
   *
   * @param sources texts, or rows of features for a model that reads them.
   * @returns the best translations of each text, best first: one, or `nBest`.
   * @throws OptionError if an option is out of its range or has no effect.
   */
  async translate(
    sources: readonly SourceInput[],
    options: TranslateOptions = {},
  ): Promise<Translation[][]> {
    const { prefixes, ...asked } = currentOptions(options);
    const { replaceUnknown: _, dictionary: __, ...searched } = asked;
    const readings = sources.map((source) => this.source.read(source));
    const settings = checkTextValues(asked, {
      hasAttention: this.model.hasAttention,
      readsText: readings.every(({ isText }) => isText),
    });
    const found = await search(
      this.model,
      readings.map(({ ids }) => ids),
      {
        ...searched,
        ...(prefixes && { prefixes: prefixes.map((prefix) => prefixIds(this.target, prefix)) }),
      },
    );
    return found.map((hypotheses, index) =>
      hypotheses.map((hypothesis) =>
        this.translation(hypothesis, readings[index] as SourceReading<Source>, settings),
      ),
    );
  }

  /**
   * Computes the probability of given translations under the model.
   *
   * @throws UserError if a source has no tokens.
   */
  async score(
    pairs: readonly { readonly source: SourceInput; readonly target: string }[],
  ): Promise<Scoring[]> {
    const readings = pairs.map(({ source, target }) => ({
      source: this.source.read(source),
      target: this.target.encode(target),
    }));
    const scores = await scoreForced(
      this.model,
      readings.map(({ source, target }) => ({ source: source.ids, target: target.ids })),
    );
    return scores.map((score, index) => {
      const { source, target } = readings[index] as (typeof readings)[number];
      const { attention } = score;
      const pair = pairs[index] as (typeof pairs)[number];
      const words = [
        // For features, each place is a word.
        typeof pair.source === "string" ? spacedWords(pair.source, source.words) : source.words,
        spacedWords(pair.target, target.words),
      ] as const;
      return {
        ...score,
        tokens: target.tokens,
        sourceTokens: source.tokens,
        alignment: attention && hardLinks(wordAttention(attention, ...words)),
      };
    });
  }

  private translation(
    hypothesis: Hypothesis,
    source: SourceReading<Source>,
    { replaceUnknown: isReplacing, dictionary }: TextSettings,
  ): Translation {
    const { ids, attention } = hypothesis;
    const text =
      isReplacing && attention && ids.includes(unknownId) && source.isText
        ? replaceUnknown(this.target, { ids, attention }, source, dictionary)
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

/**
 * The ids of a prefix.
 *
 * @throws UserError if the target vocabulary cannot spell it.
 */
export function prefixIds(target: TextTokenizer, prefix: string): number[] {
  const { ids, tokens } = target.encode(prefix);
  if (!ids.includes(unknownId)) return ids;
  const known = target.decode(ids.slice(0, ids.indexOf(unknownId)));
  throw new UserError(
    `The prefix "${prefix}" has something that the target vocabulary does not hold, after "${known}" (as tokens: ${tokens.join(" ")}); choose other words.`,
  );
}
