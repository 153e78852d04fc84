import type { ConfigurationChanges, ModelConfiguration } from "../models/configuration.ts";
import { UserError } from "../tensor/errors.ts";
import { optionName } from "../training/plan/options.ts";

/** When an option of the model's shape changes anything, and what is to be done where it does not. */
interface Use {
  readonly key: keyof ConfigurationChanges;
  isUsed(model: ModelConfiguration): boolean;
  readonly otherwise: string;
}

const ofLstm = {
  isUsed: ({ cell }: ModelConfiguration): boolean => cell === "lstm",
  otherwise: "only LSTMs have one; add --cell lstm",
};

const uses: readonly Use[] = [
  {
    key: "window",
    isUsed: ({ attention, attentionScope }) => attention !== "none" && attentionScope !== "global",
    otherwise: "attention looks at the whole source; add --attention-scope local-m or local-p",
  },
  {
    key: "locations",
    isUsed: ({ attention }) => attention === "location",
    otherwise: "only attention by location counts them; add --attention location",
  },
  {
    key: "resetGate",
    isUsed: ({ cell }) => cell === "gru",
    otherwise: "only GRUs have a reset gate; add --cell gru",
  },
  { key: "forgetBias", ...ofLstm },
  { key: "cellClip", ...ofLstm },
];

/**
 * Refuses options of a model's shape that this model has no use for: who gives one expects that it does something.
 *
 * @param given what was given, without the preset's own.
 * @throws UserError naming the option and what it needs.
 */
export function checkUses(given: ConfigurationChanges, model: ModelConfiguration): void {
  for (const { key, isUsed, otherwise } of uses) {
    const value = given[key];
    if (value === undefined || isUsed(model)) continue;
    const option = optionName(key);
    throw new UserError(`${option} ${value}: ${otherwise}, or leave ${option} out.`);
  }
}
