import type { BeamStep } from "../decoding/beam.ts";
import type { InferenceModel } from "../decoding/inferenceModel.ts";
import { usualMaximum } from "../decoding/lengthLimits.ts";
import { currentOptions, searchOptions } from "../decoding/options.ts";
import { coveragePenalty, lengthPenalty } from "../decoding/scoring.ts";
import { search } from "../decoding/search.ts";
import type { SearchOptions } from "../decoding/searchOptions.ts";
import { checkSearchOptions } from "../decoding/searchOptions.ts";
import type { SourceInput } from "../decoding/sourceInput.ts";
import { encodeSource, sourceName } from "../decoding/sourceInput.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { checkValues, withDefaults } from "../options/option.ts";
import { OptionError } from "../options/optionError.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import { endId } from "../tensor/specialIds.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { recordEncoder } from "./recordEncoder.ts";
import { withTensors } from "./recordedTensors.ts";
import type { StepsPlan } from "./recordSteps.ts";
import { recordSteps } from "./recordSteps.ts";
import type {
  Trace,
  TracedEncoder,
  TracedFeatures,
  TracedHypothesis,
  TracedOptions,
  TracedSearchStep,
  TracedStep,
} from "./trace.ts";
import type { Given, TraceOptions } from "./traceOptions.ts";
import { givenOf, hypothesisOption, tensorsOption } from "./traceOptions.ts";

/** A model with what cuts its texts. */
export interface TracedModel {
  readonly model: InferenceModel;
  readonly sourceTokenizer: TextTokenizer;
  readonly targetTokenizer: TextTokenizer;
}

/**
 * Translates a text, or describes features, and records how.
 *
 * @throws UserError if an option is out of range, or ids or weights that are given cannot be.
 */
export async function traceTranslation(
  traced: TracedModel,
  input: SourceInput,
  { tensors, signal, ...options }: TraceOptions = {},
): Promise<Trace> {
  checkValues({ tensors: tensorsOption }, { tensors });
  const trace = await wholeTrace(traced, input, options, signal);
  // Scores of given outputs are computed from tensors, so these are left out last.
  return tensors === undefined ? trace : withTensors(trace, tensors);
}

async function wholeTrace(
  { model, sourceTokenizer, targetTokenizer: target }: TracedModel,
  input: SourceInput,
  traceOptions: TraceOptions,
  signal: AbortSignal | undefined,
): Promise<Trace> {
  const { sizes } = model;
  const options = currentOptions(traceOptions);
  const { ids, tokens, words } = encodeSource(input, sourceTokenizer, sizes);
  const given = givenOf(options, sizes, ids.length);
  const { used, asked } = usedOptions(options, model, ids.length, given);
  const common: Pick<Trace, "format" | "version" | "model" | "source" | "options"> = {
    format: "seq2see-trace",
    version: 3,
    model: sizes,
    source: {
      text: sourceName(input),
      tokens,
      ids,
      words,
      ...(typeof input !== "string" && { features: tracedFeatures(input, sizes) }),
    },
    options: used,
  };
  const { minLength, maxLength, forbidUnknown } = used;
  const limits = { minLength, maxLength, forbidUnknown, signal };
  if (given) {
    const plan = { ...given, ...limits, isForced: true };
    const { encoder, steps } = await record(model, ids, target, plan);
    return {
      ...common,
      hypotheses: [forcedHypothesis(steps, target, used)],
      search: [],
      encoder,
      steps,
    };
  }
  const found = await searched(model, ids, target, {
    ...asked,
    observe: () => signal?.throwIfAborted(),
  });
  const chosen = found.hypotheses[used.hypothesis];
  if (!chosen) {
    throw new UserError(
      `There is no hypothesis ${used.hypothesis}; the search found ${found.hypotheses.length}, counted from 0.`,
    );
  }
  const outputs = chosen.finished ? [...chosen.ids, endId] : chosen.ids;
  const plan = { outputs, goesOn: false, attention: new Map(), ...limits, isForced: false };
  // A text of no tokens is not shown to the model; its translation is empty.
  const { encoder, steps } =
    ids.length === 0
      ? { encoder: { order: [], tensors: {} }, steps: [] }
      : await record(model, ids, target, plan);
  return { ...common, ...found, encoder, steps };
}

function tracedFeatures(
  { name, picture }: Exclude<SourceInput, string>,
  { patchRows: rows, patchColumns: columns }: ModelSizes,
): TracedFeatures {
  return { file: name, grid: rows > 0 ? { rows, columns } : null, picture };
}

/** The options as the trace records them, with defaults filled in, and as the search takes them. */
function usedOptions(
  options: TraceOptions,
  model: InferenceModel,
  sourceLength: number,
  given: Given | null,
): { used: TracedOptions; asked: SearchOptions } {
  const {
    hypothesis = hypothesisOption.default,
    prefix: _,
    target: __,
    attention: ___,
    ...wanted
  } = options;
  checkValues({ hypothesis: hypothesisOption }, { hypothesis });
  // The attention of hypotheses is of no use here; the recorded steps have it.
  const asked = { nBest: wanted.beam ?? 1, ...wanted, attention: false };
  const checked = checkSearchOptions(asked, model);
  const outputs = given?.outputs.length ?? 0;
  const written = given?.outputs.at(-1) === endId ? outputs - 1 : outputs;
  if (checked.maxLength !== undefined && written > checked.maxLength) {
    throw new OptionError({
      key: "maxLength",
      value: checked.maxLength,
      problem: `${counted(written, "token")} are given`,
      remedy: "allow as many",
    });
  }
  // As the search has it.
  const longest = checked.maxLength ?? usualMaximum(sourceLength, checked.minLength);
  const late = [...(given?.attention.keys() ?? [])].find((step) => step > longest);
  if (late !== undefined) {
    throw new UserError(
      `Attention is given for step ${late}, and the translation takes at most the steps 0 to ${longest}.`,
    );
  }
  const used: TracedOptions = {
    ...withDefaults(searchOptions, checked),
    ...(given && { beam: 1, nBest: 1 }),
    maxLength: Math.max(longest, outputs),
    hypothesis,
  };
  return { used, asked };
}

async function searched(
  model: InferenceModel,
  source: SourceSequence,
  target: TextTokenizer,
  options: SearchOptions,
): Promise<{ hypotheses: TracedHypothesis[]; search: TracedSearchStep[] }> {
  const observed: BeamStep[] = [];
  const [hypotheses = []] = await search(model, [source], {
    ...options,
    observe: (sentence, step) => {
      options.observe?.(sentence, step);
      observed.push(step);
    },
  });
  return {
    hypotheses: hypotheses.map(({ ids, logProbability, logProbabilities, score, finished }) => ({
      text: target.decode(ids),
      tokens: ids.map((id) => target.tokenOf(id)),
      ids,
      logProbability,
      logProbabilities,
      score,
      finished,
    })),
    search: observed.map(({ length, candidates, isDone }) => ({
      length,
      candidates: candidates.map(({ token: id, parent, logProbability, sum, fate }) => ({
        parent,
        token: target.tokenOf(id),
        id,
        logProbability,
        sum,
        fate,
      })),
      isDone,
    })),
  };
}

async function record(
  model: InferenceModel,
  source: SourceSequence,
  target: TextTokenizer,
  plan: StepsPlan,
): Promise<{ encoder: TracedEncoder; steps: TracedStep[] }> {
  const { encoded, traced } = await recordEncoder(model, source);
  return {
    encoder: traced,
    steps: await recordSteps({ model, target }, encoded, source.length, plan),
  };
}

/** The hypothesis that recorded steps amount to, scored as the search would. */
function forcedHypothesis(
  steps: readonly TracedStep[],
  target: TextTokenizer,
  options: TracedOptions,
): TracedHypothesis {
  const logProbabilities = steps.map(
    ({ tensors, outputId }) => tensors["log_probabilities"]?.data[outputId] as number,
  );
  const logProbability = logProbabilities.reduce((sum, each) => sum + each, 0);
  const finished = steps.at(-1)?.outputId === endId;
  const ids = steps.map(({ outputId }) => outputId);
  if (finished) ids.pop();
  const normalized = logProbability / lengthPenalty(Math.max(1, steps.length), options);
  const rows = steps.map(({ tensors }) => tensors["attention.weights"]?.data ?? []);
  const { coveragePenalty: weight } = options;
  return {
    text: target.decode(ids),
    tokens: ids.map((id) => target.tokenOf(id)),
    ids,
    logProbability,
    logProbabilities,
    finished,
    score: weight === 0 ? normalized : normalized + weight * coveragePenalty(rows),
  };
}
