import type { MemberSources } from "../decoding/ensemble.ts";
import { Ensemble } from "../decoding/ensemble.ts";
import type { EnsembleAverage } from "../decoding/ensembleGraphs.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import { ensembleOptions } from "../decoding/options.ts";
import type { SourceReader } from "../decoding/sourceInput.ts";
import { encodeSource } from "../decoding/sourceInput.ts";
import { TextModel } from "../decoding/textModel.ts";
import { readSource } from "../features/nodeSourceFiles.ts";
import type { ReadOptions, StoredModel } from "../modelFolder/modelFolder.ts";
import { readModel } from "../modelFolder/nodeModelFolder.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { checkKnownKeys } from "../options/knownKeys.ts";
import { checkValues } from "../options/option.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { ModelRuntimeOptions } from "../runtime/options.ts";
import { computeOptions } from "../runtime/options.ts";
import { UserError } from "../tensor/errors.ts";
import { required } from "../tensor/required.ts";
import type { FeatureInput } from "../tensor/sequence.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { loadOptionNames } from "./loadOptions.ts";

/** Options of loading and running an ensemble. */
export interface EnsembleLoadOptions extends ModelRuntimeOptions, ReadOptions {
  /** The quantity averaged over members: `probabilities` (default) or `logits`. */
  readonly average?: EnsembleAverage;
}

/**
 * An ensemble of trained models: translates with the average of their predictions at each step.
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
   * Loads trained models. Their shapes and source vocabularies may differ; they must share the target vocabulary
   * and, if they read features, the kind and size of features.
   *
   * @throws UserError naming a missing or damaged file, or the first model that does not match the first folder's.
   * @throws OptionError for an invalid device, number of threads or `average`.
   */
  static async load(
    folders: readonly string[],
    { average, compute = computeOptions.compute.default, ...options }: EnsembleLoadOptions = {},
  ): Promise<Seq2SeqEnsemble> {
    checkKnownKeys([...loadOptionNames, "average"], options, "loading");
    checkList(folders);
    checkValues({ ...ensembleOptions, ...computeOptions }, { average, compute });
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
        `${folders[index]}: its target vocabulary differs from the vocabulary of ${folders[0]}; an ensemble takes models that were trained with the same target tokenizer.`,
      );
    });
    const runtime = nodeRuntime(options);
    const members: InferenceModel[] = [];
    for (const { sizes, weights } of stored) {
      members.push(await InferenceModel.create(runtime, sizes, weights, { compute }));
    }
    const attending = attendingMembers(stored);
    const ensemble = new Ensemble(runtime, members, { ...(average && { average }), attending });
    const reader = memberReader(stored, attending[0] ?? 0);
    return new Seq2SeqEnsemble(ensemble, reader, first.target);
  }

  /**
   * Reads a picture or a file of features as an input of the models.
   *
   * @throws UserError if the models read text, or the file is missing, damaged or of another kind.
   */
  readSource(path: string): Promise<FeatureInput> {
    return readSource(path, this.sourceSizes);
  }
}

/** @throws UserError if a program without types gives one folder alone. */
function checkList(folders: unknown): void {
  if (!Array.isArray(folders)) throw new UserError("An ensemble takes a list of folders.");
}

/** Describes the input of a model. */
function inputOf({ sourceInput, sourceFeatures, patchRows, patchColumns }: ModelSizes): string {
  if (sourceInput === "tokens") return "text";
  const grid = patchRows > 0 ? `, patches of a ${patchRows}x${patchColumns} grid` : "";
  return `rows of ${sourceFeatures} features${grid}`;
}

/** The parts of a tokenizer that give ids their meaning. */
function vocabularyOf(tokenizer: TextTokenizer): string {
  const { model, decoder } = tokenizer.toJson();
  return JSON.stringify([model, decoder]);
}

/** The members with attention that share the source tokens of the first of them. */
function attendingMembers(members: readonly StoredModel[]): number[] {
  const first = members.find(hasAttention);
  if (!first) return [];
  const read = ({ source, sizes }: StoredModel): string =>
    JSON.stringify([source.toJson(), sizes.sourceStart, sizes.sourceEnd]);
  const tokens = read(first);
  return members.flatMap((member, index) =>
    hasAttention(member) && read(member) === tokens ? [index] : [],
  );
}

const hasAttention = ({ sizes }: StoredModel): boolean => sizes.attention !== "none";

/** Encodes a source for every member; the tokens shown come from the member `shown`. */
function memberReader(members: readonly StoredModel[], shown: number): SourceReader<MemberSources> {
  const { sizes, source: tokenizer } = required(members[shown], "The member that is shown");
  return {
    sizes,
    tokenizer,
    read: (input) => {
      const readings = members.map((member) => encodeSource(input, member.source, member.sizes));
      const reading = required(readings[shown], "The reading that is shown");
      return { ...reading, ids: readings.map(({ ids }) => ids) };
    },
  };
}
