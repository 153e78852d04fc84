/** @file Which settings have an effect beside the others, which values they can have, and why not. */

import { takenBy } from "../options/option.ts";
import type { OptionError } from "../options/optionError.ts";
import { allOptions, leftOut, rowOf } from "./labOptions.ts";
import { paperPresets } from "./paperPresets.ts";
import { faultOf, valuesOf } from "./runOptions.ts";
import type { LabOptionKey, LabSettings, LabValue } from "./settings.ts";
import { labOptionKeys } from "./settings.ts";

/** A value that an option can be given. */
export interface SettingChoice {
  readonly value: LabValue;
  /** Why it cannot have the value here; null if it can. */
  readonly fault: OptionError | null;
}

/** What can be done with an option. */
export interface SettingUse {
  /** The value that it has in the run, also where a preset decides it. */
  readonly value: LabValue;
  /** Why nothing can be set here; null if something can. */
  readonly fault: OptionError | null;
  /** Its values; empty if it is a number. */
  readonly choices: readonly SettingChoice[];
}

/** What can be done with each option, as the others are. */
export type SettingUses = Readonly<Record<LabOptionKey, SettingUse>>;

/** Looks at all options of the lab. */
export function settingUses(settings: LabSettings): SettingUses {
  const values = valuesOf(settings);
  const uses = labOptionKeys.map((key) => [key, useOf(settings, key, values[key])] as const);
  return Object.fromEntries(uses) as unknown as SettingUses;
}

function useOf(settings: LabSettings, key: LabOptionKey, value: LabValue): SettingUse {
  const values = choicesOf(key);
  if (values.length === 0) {
    const asked = allOptions(settings)[key] ?? value;
    return { value, fault: faultOf(settings, key, asked), choices: [] };
  }
  const choices = values.map((choice) => ({
    value: choice,
    fault: choice === value ? null : faultOf(settings, key, choice),
  }));
  const others = choices.filter((choice) => choice.value !== value);
  const isFixed = others.every(({ fault }) => fault !== null);
  return { value, fault: isFixed ? (others[0]?.fault ?? null) : null, choices };
}

/** Values of options whose rows say no more than that they are texts. */
const texts: Readonly<Partial<Record<LabOptionKey, readonly string[]>>> = {
  preset: Object.keys(paperPresets),
  optimizer: ["adam", "sgd", "adadelta"],
  schedule: ["halve:1", "halve:3", "constant", "warmup:100", "warmup:500"],
  scheduledSampling: [leftOut, "linear:500", "linear:2000", "exponential:0.999"],
};

/** The values of an option; none if it is a number. */
export function choicesOf(key: LabOptionKey): readonly LabValue[] {
  const given = texts[key];
  if (given) return given;
  const { isSwitch, words } = takenBy(rowOf(key).schema);
  return isSwitch ? [true, false] : words;
}
