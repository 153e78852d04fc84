import type { MemberSources } from "../decoding/ensemble.ts";
import { Ensemble } from "../decoding/ensemble.ts";
import type { EnsembleAverage } from "../decoding/ensembleGraphs.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import type { SourceReader } from "../decoding/sourceInput.ts";
import { encodeSource } from "../decoding/sourceInput.ts";
import { TextModel } from "../decoding/textModel.ts";
import { readSource } from "../features/nodeSourceFiles.ts";
import type { ReadOptions, StoredModel } from "../modelFolder/modelFolder.ts";
import { readModel } from "../modelFolder/nodeModelFolder.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { RuntimeOptions } from "../runtime/options.ts";
import { UserError } from "../tensor/errors.ts";
import { required } from "../tensor/required.ts";
import type { FeatureInput } from "../tensor/sequence.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";

/** How the models of an ensemble are run. */
export interface EnsembleLoadOptions extends RuntimeOptions, ReadOptions {
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
export class Seq2SeqEnsemble extends TextModel<MemberSources> {
  private constructor(
    ensemble: Ensemble,
    reader: SourceReader<MemberSources>,
    target: TextTokenizer,
  ) {
    super(ensemble, reader, target);
  }

  /**
   * Reads models that were trained before. They may be of different shapes and read the source in
   * different tokens; the target vocabulary has to be the same, and so have the features, where they read
   * these.
   *
   * @throws UserError naming what is missing or damaged, or the model that is not like the first in this.
   */
  static async load(
    folders: readonly string[],
    { average = "probabilities", ...options }: EnsembleLoadOptions = {},
  ): Promise<Seq2SeqEnsemble> {
    const stored: StoredModel[] = [];
    for (const folder of folders) stored.push(await readModel(folder, options));
    const [first] = stored;
    if (!first) throw new UserError("An ensemble needs at least one model.");
    stored.forEach(({ sizes, target }, index) => {
      if (inputOf(sizes) !== inputOf(first.sizes)) {
        throw new UserError(
          `${folders[index]}: it reads ${inputOf(sizes)} where ${folders[0]} reads ${inputOf(first.sizes)}; an ensemble takes models that read the same.`,
        );
      }
      if (vocabularyOf(target) === vocabularyOf(first.target)) return;
      throw new UserError(
        `${folders[index]}: its target vocabulary is another than that of ${folders[0]}; an ensemble takes models that were trained with the same target tokenizer.`,
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
    const reader = memberReader(stored, attending[0] ?? 0);
    return new Seq2SeqEnsemble(ensemble, reader, first.target);
  }

  /**
   * Reads a picture, or a file of features, as models of features take it.
   *
   * @throws UserError if the models read text, or the file is not there, damaged or of another kind.
   */
  readSource(path: string): Promise<FeatureInput> {
    return readSource(path, this.sourceSizes);
  }
}

/** What a model reads, in words. */
function inputOf({ sourceInput, sourceFeatures, patchRows, patchColumns }: ModelSizes): string {
  if (sourceInput === "tokens") return "text";
  const grid = patchRows > 0 ? `, patches of a ${patchRows}x${patchColumns} grid` : "";
  return `rows of ${sourceFeatures} features${grid}`;
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

/** Reads a source as each member does; the tokens that are shown are those of one of them. */
function memberReader(members: readonly StoredModel[], shown: number): SourceReader<MemberSources> {
  const { sizes } = required(members[shown], "The member that is shown");
  return {
    sizes,
    read: (input) => {
      const readings = members.map((member) => encodeSource(input, member.source, member.sizes));
      const reading = required(readings[shown], "The reading that is shown");
      return { ...reading, ids: readings.map(({ ids }) => ids) };
    },
  };
}
