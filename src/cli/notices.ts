/** @file Notices about models that open all the same. */

const told: Set<string> = new Set();

/** Prints a notice on standard error, and each notice only once. */
export function printNotice(sentence: string): void {
  if (told.has(sentence)) return;
  told.add(sentence);
  console.error(`seq2see: ${sentence}`);
}
