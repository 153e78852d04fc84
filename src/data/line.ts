/** A line of a file, without its end. */
export interface Line {
  readonly text: string;
  /** Its number in the file, from 1. */
  readonly line: number;
}

/** The maximum length of a line; a file with longer lines hardly contains sentences. */
export const maxLineBytes: number = 16 * 2 ** 20;
