/** @file What can be wrong with pairs of the reader's own, beyond what is wrong with a file. */

import { UserError } from "../tensor/errors.ts";
import { type FaultSentences, sentenceOf } from "../tensor/faultSentences.ts";

/** Why pairs are not taken. */
export type OwnPairsFault =
  | { readonly kind: "empty" | "damagedGzip" | "unreadable" }
  | { readonly kind: "large"; readonly bytes: number; readonly most: number }
  /** All pairs have an empty side. */
  | { readonly kind: "allDropped"; readonly pairs: number }
  /** Too few to hold some out. */
  | { readonly kind: "few"; readonly pairs: number; readonly least: number }
  /** All pairs have nearly the same sources, so that none can be held out. */
  | { readonly kind: "alike"; readonly pairs: number };

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).replace(/\.0$/, "");

const sentences: FaultSentences<OwnPairsFault> = {
  empty: () => "there is nothing in it; give pairs, one a line, with a tab or a comma between.",
  unreadable: () => "it cannot be read; give a file of pairs, not a folder.",
  damagedGzip: () => "the gzip file is damaged; pack it again, or give it unpacked.",
  large: ({ bytes, most }) =>
    `it has ${megabytes(bytes)} MB, more than the ${megabytes(most)} MB that a page learns from; give a part of it, or train with seq2see train.`,
  allDropped: ({ pairs }) =>
    `${pairs === 1 ? "its only pair has" : `all ${pairs} pairs have`} an empty source or target; check the columns.`,
  few: ({ pairs, least }) =>
    `it has ${pairs === 1 ? "1 pair" : `${pairs} pairs`}; give at least ${least}, so that some can be held out.`,
  alike: ({ pairs }) =>
    `its ${pairs} pairs have too few different sources, so that none can be held out; give others.`,
};

/** Pairs that are not taken; its message is a sentence that begins with their name. */
export class OwnPairsError extends UserError {
  /** The name of the file, or what the reader's text is called. */
  readonly file: string;
  readonly fault: OwnPairsFault;

  constructor(file: string, fault: OwnPairsFault) {
    super(`${file}: ${sentenceOf(sentences, fault)}`);
    this.file = file;
    this.fault = fault;
  }
}
