/** @file The runs that are worth comparing with: one thing changed that makes another model of it. Pure. */

import { leftOut } from "../../../lab/labOptions.ts";
import { faultOf } from "../../../lab/runOptions.ts";
import type { LabSettings } from "../../../lab/settings.ts";
import type { SettingUses } from "../../../lab/settingUses.ts";
import type { Change } from "../../../lab/withOption.ts";

/** What is offered, in order; of these, what is no change or cannot be is left out. */
const worthwhile: readonly Change[] = [
  { key: "attention", value: "none" },
  { key: "attention", value: "general" },
  { key: "attention", value: "additive" },
  { key: "reverseSource", value: true },
  { key: "reverseSource", value: false },
  { key: "cell", value: "lstm" },
  { key: "cell", value: "gru" },
  { key: "cell", value: "rnn" },
  { key: "scheduledSampling", value: "linear:500" },
  { key: "scheduledSampling", value: leftOut },
  { key: "bidirectional", value: true },
  { key: "bidirectional", value: false },
  { key: "inputFeeding", value: true },
  { key: "inputFeeding", value: false },
];

/** The changes that can be compared with settings, and the one that is chosen. */
export function comparisons(
  settings: LabSettings,
  uses: SettingUses,
  chosen: Change | null,
): readonly Change[] {
  const offered = worthwhile.filter(
    ({ key, value }) =>
      uses[key].value !== value &&
      uses[key].fault === null &&
      faultOf(settings, key, value) === null,
  );
  const isOffered = offered.some(({ key, value }) => key === chosen?.key && value === chosen.value);
  return chosen && !isOffered ? [...offered, chosen] : offered;
}
