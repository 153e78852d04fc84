/** @file Experiments that are ready to be tried: settings, one change to compare with, and a source worth watching. */

import type { LabSettings } from "./settings.ts";
import type { Experiment } from "./settingsAddress.ts";

/** The experiments by name, in the order in which `docs/lab.md` explains them. */
export const experimentNames = [
  "line",
  "bottleneck",
  "reversedSource",
  "cells",
  "ownWords",
  "carry",
] as const;
export type ExperimentName = (typeof experimentNames)[number];

/** An experiment, which is started when it is opened. */
export interface ReadyExperiment extends Omit<Experiment, "isStarted"> {
  readonly settings: LabSettings;
}

/** All experiments. Settings are those of the task unless an option says otherwise. */
export const experiments: Readonly<Record<ExperimentName, ReadyExperiment>> = {
  /** Attention becomes the line from corner to corner. */
  line: {
    settings: { task: "reverse", options: {} },
    versus: null,
    watched: "backwards",
  },
  /** Without attention, all that the decoder knows of a word is one vector, here a small one. */
  bottleneck: {
    settings: { task: "reverse", options: { hidden: 32 } },
    versus: { key: "attention", value: "none" },
    watched: "blackboard",
  },
  /** Sutskever et al. (2014), §3.3: a reversed source brings the first words close to each other. */
  reversedSource: {
    settings: { task: "copy", options: { attention: "none", bidirectional: false } },
    versus: { key: "reverseSource", value: true },
    watched: "backwards",
  },
  cells: {
    settings: { task: "dates", options: {} },
    versus: { key: "cell", value: "lstm" },
    watched: null,
  },
  /** Bengio et al. (2015): the decoder reads its own words while it learns. */
  ownWords: {
    settings: { task: "add", options: {} },
    versus: { key: "scheduledSampling", value: "linear:500" },
    watched: "999+1",
  },
  /** A carry comes from the right, where an encoder that reads from the left has not been. */
  carry: {
    settings: { task: "add", options: {} },
    versus: { key: "bidirectional", value: false },
    watched: "368+457",
  },
};
