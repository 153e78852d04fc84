/** @file The list of models that a server or an export offers to a page. */

import type { ModelSizes } from "../models/configuration.ts";
import type { Sample } from "./samples.ts";

/** An entry of `models.json`. */
export interface ModelEntry {
  readonly name: string;
  /** The model's folder relative to `models.json`, encoded as part of an address. */
  readonly path: string;
  /** The title of its card. */
  readonly title?: string;
  /** The content of its `card.json`, which nobody has checked. */
  readonly card?: {
    readonly languages?: { readonly source?: string; readonly target?: string };
    readonly examples?: readonly string[];
    readonly [key: string]: unknown;
  };
  /** Pairs of its dev set, of a model that was trained on texts here; none of earlier versions' models. */
  readonly samples?: readonly Sample[];
  /** Null until the first training has reached its first evaluation. */
  readonly sizes: ModelSizes | null;
  /** Whether there are files of its training, and which. */
  readonly hasTraining: boolean;
  readonly hasMetrics: boolean;
  readonly hasWatched: boolean;
  /** Whether a process trains in its folder now; never in an exported one. */
  readonly isTraining?: boolean;
  /** Whether an evaluation of it was kept. */
  readonly hasEvaluation?: boolean;
  /** How much has to be fetched to run it. */
  readonly bytes: number;
}

/** The answer of `/api/models`. */
export interface ModelList {
  readonly models: readonly ModelEntry[];
}

/** The content of `models.json`. */
export interface PageModels extends ModelList {
  /** How much has to be fetched to run any model: the size of ONNX Runtime's WebAssembly file. */
  readonly runtimeBytes: number;
}
