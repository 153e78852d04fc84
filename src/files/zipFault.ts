/** @file What can be wrong with a zip archive. Isomorphic. */

import { UserError } from "../tensor/errors.ts";
import { type FaultSentences, sentenceOf } from "../tensor/faultSentences.ts";

/** Why an archive, or a file in it, cannot be read. */
export type ZipFault =
  /** The file is something else, ends too early, or is larger than 4 GB, which takes another form of archive. */
  | { readonly kind: "noZip" | "cut" | "zip64" }
  /** A file in it is damaged, encrypted, there twice, or would lie outside of the archive's own folder. */
  | { readonly kind: "damaged" | "encrypted" | "twice" | "outside"; readonly file: string }
  /** A file is packed in a way that only some programs know. */
  | { readonly kind: "method"; readonly file: string; readonly method: number }
  | { readonly kind: "many"; readonly files: number; readonly most: number }
  /** It says that it holds more than is accepted, or far more than so few bytes can hold in earnest. */
  | { readonly kind: "large" | "swollen"; readonly bytes: number; readonly most: number };

const megabytes = (bytes: number): string => Math.ceil(bytes / 1e6).toLocaleString("en-US");

const sentences: FaultSentences<ZipFault> = {
  noZip: () => "it is not a zip archive; give a zip archive, or the folder itself.",
  cut: () => "the zip archive is cut short; download or copy it again.",
  zip64: () => "the zip archive has the form for more than 4 GB; unpack it and give the folder.",
  damaged: ({ file }) => `${file} is damaged in the zip archive; download or make it again.`,
  encrypted: ({ file }) => `${file} is encrypted in the zip archive; make it without a password.`,
  twice: ({ file }) => `${file} is in the zip archive twice; make it again.`,
  outside: ({ file }) =>
    `the zip archive has a file with the path ${file}, which leads out of its folder; do not trust it.`,
  method: ({ file, method }) =>
    `${file} is packed by method ${method} in the zip archive; make it again with the usual one (Deflate).`,
  many: ({ files, most }) =>
    `the zip archive has ${files.toLocaleString("en-US")} files, more than ${most.toLocaleString("en-US")}; give one with the model only.`,
  large: ({ bytes, most }) =>
    `the zip archive unpacks to ${megabytes(bytes)} MB, more than ${megabytes(most)} MB; give a smaller one.`,
  swollen: ({ bytes, most }) =>
    `the zip archive claims to unpack to ${megabytes(bytes)} MB, more than ${most.toLocaleString("en-US")} times its size; do not trust it.`,
};

/** An archive that cannot be read; its message is a sentence with the archive's name. */
export class ZipError extends UserError {
  readonly archive: string;
  readonly fault: ZipFault;

  constructor(archive: string, fault: ZipFault) {
    super(`${archive}: ${sentenceOf(sentences, fault)}`);
    this.archive = archive;
    this.fault = fault;
  }
}
