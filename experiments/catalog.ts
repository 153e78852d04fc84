import { alignment } from "./papers/alignment.ts";
import { analogies } from "./papers/analogies.ts";
import { gnmt } from "./papers/gnmt.ts";
import { length } from "./papers/length.ts";
import { luongTable1 } from "./papers/luongTable1.ts";
import { phrases } from "./papers/phrases.ts";
import { reversal } from "./papers/reversal.ts";
import type { Experiment } from "./running/experiment.ts";

/** All experiments, in listing order. */
export const experiments: readonly Experiment[] = [
  reversal,
  length,
  luongTable1,
  alignment,
  gnmt,
  phrases,
  analogies,
];
