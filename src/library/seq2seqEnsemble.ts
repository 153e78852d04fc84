import type { StoredModel } from "../checkpoint/modelFolder.ts";
import { readModel } from "../checkpoint/nodeModelFolder.ts";
import { Ensemble } from "../decoding/ensemble.ts";
import type { EnsembleAverage } from "../decoding/ensembleGraphs.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import type {
  Scoring,
  SourceReader,
  SourceReading,
  TranslateOptions,
  Translation,
} from "../decoding/translator.ts";
import { Translator } from "../decoding/translator.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { RuntimeOptions } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";

/** How the models of an ensemble are run. */
export interface EnsembleLoadOptions extends RuntimeOptions {
  /** What is averaged: `probabilities`, unless `logits` is given. */
  readonly average?: EnsembleAverage;
}

/**
 * Several trained models that translate together: at each step their probabilities are averaged.
 *
 * ```ts
 * const models = await Seq2SeqEnsemble.load(["first", "second"]);
 * const [translation] = await models.translate("je suis étudiant .", { beam: 5 });
 * await models.release();
 * ```
 */
export class Seq2SeqEnsemble {
  readonly hasAttention: boolean;
  readonly targetTokenizer: TextTokenizer;
  private readonly ensemble: Ensemble;
  private readonly translator: Translator<readonly ArrayLike<number>[]>;

  private constructor(ensemble: Ensemble, reader: MemberReader, target: TextTokenizer) {
    this.ensemble = ensemble;
    this.hasAttention = ensemble.hasAttention;
    this.targetTokenizer = target;
    this.translator = new Translator(ensemble, reader, target);
  }

  /**
   * Reads models that were trained before. They may be of different shapes and read the source in
   * different tokens; the target vocabulary has to be the same.
   *
   * @throws UserError naming what is missing or damaged, or the model with another target vocabulary.
   */
  static async load(
    folders: readonly string[],
    { average = "probabilities", ...options }: EnsembleLoadOptions = {},
  ): Promise<Seq2SeqEnsemble> {
    const stored: StoredModel[] = [];
    for (const folder of folders) stored.push(await readModel(folder));
    const [first] = stored;
    if (!first) throw new UserError("An ensemble needs at least one model.");
    stored.forEach(({ target }, index) => {
      if (vocabularyOf(target) === vocabularyOf(first.target)) return;
      throw new UserError(
        `--model ${folders[index]}: its target vocabulary is another than that of ${folders[0]}; an ensemble takes models that were trained with the same target tokenizer.`,
      );
    });
    const runtime = nodeRuntime(options);
    const members: InferenceModel[] = [];
    for (const { sizes, weights } of stored) {
      members.push(await InferenceModel.create(runtime, sizes, weights));
    }
    const sources = stored.map(({ source }) => source);
    const attending = attendingMembers(members, sources);
    const ensemble = new Ensemble(runtime, members, { average, attending });
    const reader = new MemberReader(sources, attending[0] ?? 0);
    return new Seq2SeqEnsemble(ensemble, reader, first.target);
  }

  /** The best translations of one text, from the best on; one unless `nBest` asks for more. */
  async translate(text: string, options: TranslateOptions = {}): Promise<Translation[]> {
    return (await this.translateAll([text], options))[0] as Translation[];
  }

  /** As {@link translate} for many texts, which is many times faster than one by one. */
  translateAll(texts: readonly string[], options: TranslateOptions = {}): Promise<Translation[][]> {
    return this.translator.translate(texts, options);
  }

  /** How probable the models together find given translations. */
  score(
    pairs: readonly { readonly source: string; readonly target: string }[],
  ): Promise<Scoring[]> {
    return this.translator.score(pairs);
  }

  /** Frees the memory. */
  release(): Promise<void> {
    return this.ensemble.release();
  }
}

/** What has to be the same for ids to mean the same. */
function vocabularyOf(tokenizer: TextTokenizer): string {
  const { model, decoder } = tokenizer.toJson();
  return JSON.stringify([model, decoder]);
}

/** The members with attention that read the tokens of the first such one. */
function attendingMembers(
  members: readonly InferenceModel[],
  sources: readonly TextTokenizer[],
): number[] {
  const first = members.findIndex(({ hasAttention }) => hasAttention);
  const text = (at: number): string => JSON.stringify((sources[at] as TextTokenizer).toJson());
  return members.flatMap(({ hasAttention }, index) =>
    hasAttention && text(index) === text(first) ? [index] : [],
  );
}

/** Reads a text with each member's tokenizer; the tokens that are shown are those of one of them. */
class MemberReader implements SourceReader<readonly ArrayLike<number>[]> {
  private readonly sources: readonly TextTokenizer[];
  private readonly shown: number;

  constructor(sources: readonly TextTokenizer[], shown: number) {
    this.sources = sources;
    this.shown = shown;
  }

  encode(text: string): SourceReading<readonly ArrayLike<number>[]> {
    const shown = (this.sources[this.shown] as TextTokenizer).encode(text);
    const ids = this.sources.map((source, index) =>
      index === this.shown ? shown.ids : source.encodeIds(text),
    );
    return { ids, tokens: shown.tokens, words: shown.words };
  }
}
