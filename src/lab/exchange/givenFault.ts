/** @file What can be wrong with a folder or an archive that someone hands over as a model. */

import { UserError } from "../../tensor/errors.ts";
import { type FaultSentences, sentenceOf } from "../../tensor/faultSentences.ts";

/** Why a folder or an archive is not taken. */
export type GivenFault =
  /** There is nothing in it, no model, or a run that has no model yet. */
  | { readonly kind: "empty" | "noModel" | "early" }
  /** A file of another program; a pickle can even run programs when it is opened. */
  | { readonly kind: "pickle" | "foreign" | "packed"; readonly file: string }
  /** A file of the model, or of the run that is to go on, is not there. */
  | { readonly kind: "missing" | "noRun"; readonly file: string }
  /** There are several models. */
  | { readonly kind: "several"; readonly folders: readonly string[] }
  | { readonly kind: "large"; readonly file: string; readonly bytes: number; readonly most: number }
  /** The model reads features, with which a page cannot train. */
  | { readonly kind: "features" };

const megabytes = (bytes: number): string => Math.ceil(bytes / 1e6).toLocaleString("en-US");

const sentences: FaultSentences<GivenFault> = {
  empty: () => "there is no file in it; give the folder of a model, or a zip archive of one.",
  noModel: () =>
    "there is no model in it; give a folder with config.json, model.safetensors, source.tokenizer.json and target.tokenizer.json, as training writes it.",
  early: () =>
    "its training has not reached its first evaluation, so there is no model yet; resume it first.",
  pickle: ({ file }) =>
    `${file} is a file of PyTorch or another Python program, which could run code when it is opened; give a folder that seq2see wrote.`,
  foreign: ({ file }) =>
    `${file} belongs to a model of another program; give a folder that seq2see wrote.`,
  packed: ({ file }) => `${file} is packed; unpack it and give the folder, or make a zip archive.`,
  missing: ({ file }) => `${file} is missing in it; give the whole folder of the model.`,
  noRun: ({ file }) =>
    `its run cannot go on, as ${file} is missing; give the whole folder of the run, or train from the weights of its model.`,
  several: ({ folders }) => `there are several models in it (${folders.join(", ")}); give one.`,
  large: ({ file, bytes, most }) =>
    `${file} has ${megabytes(bytes)} MB, more than the ${megabytes(most)} MB that a page can open.`,
  features: () =>
    "the model reads features or pictures, with which this page cannot train; give one that reads text.",
};

/** A folder or an archive that is not taken; its message is a sentence with its name. */
export class GivenError extends UserError {
  /** The name of the folder or the archive. */
  readonly given: string;
  readonly fault: GivenFault;

  constructor(given: string, fault: GivenFault) {
    super(`${given}: ${sentenceOf(sentences, fault)}`);
    this.given = given;
    this.fault = fault;
  }
}
