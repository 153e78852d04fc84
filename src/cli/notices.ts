/** @file What the command line says of a model that opens all the same. */

const told: Set<string> = new Set();

/** Prints a notice on standard error, and no notice twice. */
export function printNotice(sentence: string): void {
  if (told.has(sentence)) return;
  told.add(sentence);
  console.error(`seq2see: ${sentence}`);
}
