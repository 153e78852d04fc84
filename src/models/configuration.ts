import type { Candidate } from "../options/nearest.ts";
import { meantValues } from "../options/option.ts";
import { OptionError } from "../options/optionError.ts";
import { checkConfiguration } from "./checkConfiguration.ts";
import type { ConfigurationChanges, ModelConfiguration } from "./options.ts";
import { presets } from "./presets.ts";
import { withoutAttention } from "./withoutAttention.ts";

export type { ConfigurationChanges, ModelConfiguration, ModelSizes } from "./options.ts";
export { checkConfiguration, presets };

/**
 * Applies changes to a preset and checks the result. Sizes that depend on others change with them, and so do parts that
 * depend on attention, if it is switched off.
 *
 * @throws OptionError if the preset does not exist, or the parts are incompatible.
 */
export function configure(preset: string, changes: ConfigurationChanges = {}): ModelConfiguration {
  const base = presetNamed(preset);
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const merged: ModelConfiguration = {
    ...base,
    ...Object.fromEntries(given),
    ...withoutAttention(base, changes),
    // Without an encoder there is no direction, and no final state to pass on.
    ...(changes.encoder === "none" && base.encoder !== "none" && withoutEncoder(changes)),
  };
  const { hidden, layers, embedding } = merged;
  // If the states of both directions are concatenated, two halves make one state of the decoder.
  const isHalved = merged.bidirectional && (merged.bridge === "copy" || merged.bridge === "linear");
  const readout = changes.readout ?? readoutOf(merged);
  const derived: ModelConfiguration = {
    ...merged,
    readout,
    encoderLayers: changes.encoderLayers ?? layers,
    encoderHidden: changes.encoderHidden ?? (isHalved ? hidden / 2 : hidden),
    attentionHidden: changes.attentionHidden ?? hidden,
    maxout: changes.maxout ?? (readout === "maxout" ? Math.floor(hidden / 2) : 0),
    outputRank: changes.outputRank ?? (base.outputRank > 0 ? embedding : 0),
    initialRange: changes.initialRange ?? initialRangeFor(hidden, base),
  };
  checkConfiguration(derived);
  return derived;
}

/**
 * The configuration of a preset.
 *
 * @throws OptionError if there is no such preset.
 */
export function presetNamed(preset: string): ModelConfiguration {
  const found = Object.hasOwn(presets, preset) ? presets[preset] : undefined;
  if (found) return found;
  throw new OptionError({
    key: "preset",
    value: preset,
    problem: "there is no such preset",
    remedy: `choose one of ${Object.keys(presets).join(", ")}`,
    suggestions: meantValues("preset", preset, presetCandidates()),
  });
}

/** The presets with what others call them. */
function presetCandidates(): Candidate[] {
  const others: Readonly<Record<string, readonly string[]>> = {
    luong2015: ["s2s", "seq2seq", "lstm", "rnn", "brnn", "attention"],
    bahdanau2014: ["rnnsearch", "nematus", "amun", "alignAndTranslate"],
    rnnencdec2014: ["rnnEncoderDecoder"],
    sutskever2014: ["sequenceToSequence"],
    xu2015: ["showAttendAndTell", "captioning", "imageCaptioning"],
    gnmt2016: ["gnmt", "wu2016", "google"],
  };
  return Object.keys(presets).map((name) => ({ name, otherNames: others[name] }));
}

/**
 * The range of the initial weights that keeps the preset's proportion to its size: sums over n units are as large
 * with weights in ±r·√(m/n) as over m units with weights in ±r. The papers use ±0.04 to ±0.1 for about
 * 1000 units; with the same range, 256 units start learning far later.
 */
function initialRangeFor(
  hidden: number,
  base: ModelConfiguration,
): ModelConfiguration["initialRange"] {
  if (typeof base.initialRange !== "number" || hidden === base.hidden) return base.initialRange;
  return Number((base.initialRange * Math.sqrt(base.hidden / hidden)).toPrecision(2));
}

function withoutEncoder(changes: ConfigurationChanges): ConfigurationChanges {
  const { bidirectional = false, bidirectionalStacks = false, bridge = "linear" } = changes;
  const { bidirectionalLayers = false } = changes;
  return { bidirectional, bidirectionalLayers, bidirectionalStacks, bridge };
}

/** Without attention after the step there is no context to combine with the state; with it there is. */
function readoutOf({
  attention,
  attentionPlace,
  readout,
}: ModelConfiguration): ModelConfiguration["readout"] {
  if (attentionPlace !== "after") return readout;
  if (attention === "none") return "none";
  return readout === "none" ? "attentional" : readout;
}
