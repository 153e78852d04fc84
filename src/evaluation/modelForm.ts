/**
 * @file The form in which a model writes: composed letters, one kind of space and, for many models, small
 * letters. What is right by all but its form is right; without this no output could equal such a reference.
 */

import type { References } from "./references.ts";

/** A target's tokenizer, as far as it settles what can be written. */
export interface WritingTokenizer {
  readonly isLowercase: boolean;
  readonly size: number;
  tokenOf(id: number): string;
  /** The text as it is before it is cut into tokens. */
  normalize(text: string): string;
}

/** In how many references something stands that the model never writes. */
export interface FormDifferences {
  /** All references. */
  readonly references: number;
  readonly capitals: number;
  /** Letters in another form than Unicode's composed one (NFC). */
  readonly decomposed: number;
  /** White space other than a plain space, such as a no-break space. */
  readonly whiteSpace: number;
}

const otherSpace = /(?! )[\p{White_Space}\uFEFF\u2581]/u;

/** Brings texts into the form in which a model writes. What a vocabulary merely lacks stays as it is. */
export class ModelForm {
  /** Whether the model has small letters only: by its tokenizer, or since no token has a capital. */
  readonly isLowercase: boolean;
  private readonly tokenizer: WritingTokenizer;

  private constructor(tokenizer: WritingTokenizer, isLowercase: boolean) {
    this.tokenizer = tokenizer;
    this.isLowercase = isLowercase;
  }

  /** The form of what a tokenizer's tokens can spell. */
  static of(tokenizer: WritingTokenizer): ModelForm {
    return new ModelForm(tokenizer, tokenizer.isLowercase || !hasCapitals(tokenizer));
  }

  /** Yields a text as the model would write it. */
  textOf(text: string): string {
    return this.tokenizer.normalize(this.isLowercase ? text.toLowerCase() : text);
  }

  /**
   * Counts the references that are not in the model's form; null if all are.
   *
   * @param ignoresCase whether capitals make no difference anyway.
   */
  differencesOf(references: References, ignoresCase: boolean): FormDifferences | null {
    const texts = references.flat().filter((line) => line !== undefined);
    const countOf = (differs: (text: string) => boolean): number => texts.filter(differs).length;
    const found = {
      references: texts.length,
      capitals: countOf((text) => this.isLowercase && !ignoresCase && text !== text.toLowerCase()),
      decomposed: countOf((text) => text !== text.normalize("NFC")),
      whiteSpace: countOf((text) => otherSpace.test(text)),
    };
    return found.capitals + found.decomposed + found.whiteSpace > 0 ? found : null;
  }
}

function hasCapitals(tokenizer: WritingTokenizer): boolean {
  for (let id = 0; id < tokenizer.size; id++) {
    const token = tokenizer.tokenOf(id);
    if (token !== token.toLowerCase()) return true;
  }
  return false;
}
