import { OptionError } from "../options/optionError.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import type { SourceSequence, SourceSizes } from "../tensor/sequence.ts";
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

/** Options of translating texts. */
export interface TranslateOptions extends Omit<SearchOptions, "prefixes">, TextValues {
  /** A prefix of each translation, by the index of the text; "" for none. */
  readonly prefixes?: readonly string[];
}

/** A translation of one text. */
export interface Translation {
  readonly text: string;
  /** The target tokens, without start and end symbols. */
  readonly tokens: readonly string[];
  /** The source tokens. */
  readonly sourceTokens: readonly string[];
  /** log p of the translation, in nats. */
  readonly logProbability: number;
  /** log p of each token and of the end symbol. */
  readonly logProbabilities: readonly number[];
  /** The ranking criterion. */
  readonly score: number;
  /** One row per token and one for the end symbol, with a weight for each source token; null without attention. */
  readonly attention: readonly Float32Array[] | null;
  /** Pairs of words, source first, counted from 0; null without attention. */
  readonly alignment: readonly (readonly [source: number, target: number])[] | null;
  /** Whether it ends with the end symbol; false if it was cut at the maximum length. */
  readonly finished: boolean;
}

/** The probability of a given translation. */
export interface Scoring extends ForcedScore {
  readonly tokens: readonly string[];
  readonly sourceTokens: readonly string[];
  /** Pairs of words separated by white space, source first, counted from 0; null without attention. */
  readonly alignment: Translation["alignment"];
}

/** A model or an ensemble that translates texts or features into texts. */
export class TextModel<
  Source = SourceSequence,
  Model extends SearchModel<Source> = SearchModel<Source>,
> {
  readonly targetTokenizer: TextTokenizer;
  protected readonly model: Model;
  protected readonly reader: SourceReader<Source>;

  /** @param reader encodes sources for the model. */
  constructor(model: Model, reader: SourceReader<Source>, targetTokenizer: TextTokenizer) {
    this.model = model;
    this.reader = reader;
    this.targetTokenizer = targetTokenizer;
  }

  get hasAttention(): boolean {
    return this.model.hasAttention;
  }

  /** The kind and sizes of sources. */
  get sourceSizes(): SourceSizes {
    return this.reader.sizes;
  }

  /**
   * The best translations of one text, best first; one unless `nBest` is larger. A model of
   * features takes a `FeatureInput` instead of a text, here and below.
   */
  async translate(source: SourceInput, options: TranslateOptions = {}): Promise<Translation[]> {
    return (await this.translateAll([source], options))[0] as Translation[];
  }

  /**
   * Like {@link translate}, for many texts; many times faster than one by one.
   *
   * @throws OptionError if an option is out of its range or has no effect.
   */
  async translateAll(
    sources: readonly SourceInput[],
    options: TranslateOptions = {},
  ): Promise<Translation[][]> {
    const { prefixes, ...asked } = currentOptions(options);
    const { replaceUnknown: _, dictionary: __, ...searched } = asked;
    checkList(sources, "translateAll takes a list of texts; give [text], or call translate(text).");
    if (prefixes && ![0, sources.length].includes(prefixes.length)) {
      throw new OptionError({
        key: "prefixes",
        problem: `there are ${prefixes.length} of them for ${counted(sources.length, "text")}`,
        remedy: "give one for each, which may be empty",
      });
    }
    const readings = sources.map((source) => this.reader.read(source));
    const settings = checkTextValues(asked, {
      hasAttention: this.model.hasAttention,
      readsText: readings.every(({ isText }) => isText),
    });
    const found = await search(
      this.model,
      readings.map(({ ids }) => ids),
      {
        ...searched,
        ...(prefixes && {
          prefixes: prefixes.map((prefix) => prefixIds(this.targetTokenizer, prefix)),
        }),
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
    checkList(pairs, "score takes a list of pairs; give [{ source, target }].");
    for (const { target } of pairs) {
      if (typeof target === "string") continue;
      throw new UserError("score: a pair has no target; give each { source, target }.");
    }
    const readings = pairs.map(({ source, target }) => ({
      source: this.reader.read(source),
      target: this.targetTokenizer.encode(target),
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
        typeof pair.source === "string"
          ? spacedWords(pair.source, source.words, this.reader.tokenizer)
          : source.words,
        spacedWords(pair.target, target.words, this.targetTokenizer),
      ] as const;
      return {
        ...score,
        tokens: target.tokens,
        sourceTokens: source.tokens,
        alignment: attention && hardLinks(wordAttention(attention, ...words)),
      };
    });
  }

  /** Frees the model's memory. */
  release(): Promise<void> {
    return this.model.release();
  }

  private translation(
    hypothesis: Hypothesis,
    source: SourceReading<Source>,
    { replaceUnknown: isReplacing, dictionary }: TextSettings,
  ): Translation {
    const { ids, attention } = hypothesis;
    const text =
      isReplacing && attention && ids.includes(unknownId) && source.isText
        ? replaceUnknown(this.targetTokenizer, { ids, attention }, source, dictionary)
        : this.targetTokenizer.decode(ids);
    const words = tokenWords(this.targetTokenizer, ids);
    return {
      text,
      tokens: ids.map((id) => this.targetTokenizer.tokenOf(id)),
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

/** @throws UserError if a program without types gives something else than a list. */
function checkList(value: unknown, sentence: string): void {
  if (!Array.isArray(value)) throw new UserError(sentence);
}
