/** @file What a preset with attention becomes without it: the parts that depend on attention are switched off. */

import type { ConfigurationChanges, ModelConfiguration } from "./modelConfiguration.ts";

/** A part that depends on attention, and what it is without. */
interface Dependent {
  readonly key: keyof ConfigurationChanges;
  readonly value: ModelConfiguration[keyof ConfigurationChanges];
  /** Whether a preset has the part. */
  isIn(preset: ModelConfiguration): boolean;
  /** What becomes of the part, and why, as a clause. */
  readonly effect: string;
}

/** The parts in the order in which they are told. Attention before the step leaves room for a fixed context (Cho). */
const dependents: readonly Dependent[] = [
  {
    key: "attentionScope",
    value: "global",
    isIn: ({ attentionScope }) => attentionScope !== "global",
    effect: "local attention is off",
  },
  {
    key: "inputFeeding",
    value: false,
    isIn: ({ inputFeeding }) => inputFeeding,
    effect: "input feeding is off, as there is no attention vector to feed back",
  },
  {
    key: "attentionPlace",
    value: "after",
    isIn: ({ attentionPlace }) => attentionPlace === "between",
    effect: "the upper layers of the decoder get no context",
  },
  {
    key: "contextGate",
    value: false,
    isIn: ({ contextGate }) => contextGate,
    effect: "the context gate is off, as there is no context to weigh",
  },
  {
    key: "encoder",
    value: "recurrent",
    isIn: ({ encoder }) => encoder === "none",
    effect: "a recurrent encoder reads the source, as the decoder starts from its last state",
  },
  {
    key: "summary",
    value: "last",
    isIn: ({ attentionPlace, summary }) => attentionPlace === "before" && summary === "none",
    effect: "the encoder's last state is the context of every step",
  },
];

/** The parts that `attention: "none"` switches off in a preset, except those that are given too. */
function switchedOff(base: ModelConfiguration, changes: ConfigurationChanges): Dependent[] {
  if (changes.attention !== "none" || base.attention === "none") return [];
  const asked = { ...base, ...changes };
  return dependents.filter(({ key, isIn }) => changes[key] === undefined && isIn(asked));
}

/**
 * The changes that follow from `attention: "none"` in a preset with attention. A part that is given by hand stays, and
 * is refused later if it needs attention.
 */
export function withoutAttention(
  base: ModelConfiguration,
  changes: ConfigurationChanges,
): ConfigurationChanges {
  const entries = switchedOff(base, changes).map(({ key, value }) => [key, value]);
  return Object.fromEntries(entries);
}

/**
 * What `attention: "none"` changes in a preset besides attention, why, and what to do.
 *
 * @returns null if it changes nothing else.
 */
export function noteWithoutAttention(
  base: ModelConfiguration,
  changes: ConfigurationChanges,
): string | null {
  const effects = switchedOff(base, changes).map(({ effect }) => effect);
  return effects.length === 0
    ? null
    : `Without attention, the preset changes: ${effects.join("; ")}. To keep it as it is, choose a kind of attention.`;
}
