/**
 * @file The form in which a model writes: composed characters, one kind of space and, for many models, lower
 * case only. Comparing in this form keeps references that differ only in form from counting as wrong.
 */

import type { References } from "./references.ts";

/** The parts of a target tokenizer that determine what can be written. */
export interface WritingTokenizer {
  readonly isLowercase: boolean;
  readonly size: number;
  tokenOf(id: number): string;
  /** Returns the text as it is before tokenization. */
  normalize(text: string): string;
}

/** How many references contain something that the model never writes. */
export interface FormDifferences {
  /** All references. */
  readonly references: number;
  readonly capitals: number;
  /** Characters that are not in Unicode's composed form (NFC). */
  readonly decomposed: number;
  /** White space other than a plain space, such as a no-break space. */
  readonly whiteSpace: number;
}

/** How often rules are applied to a text that goes on changing. */
const mostTimes = 10;

const otherSpace = /(?! )[\p{White_Space}\uFEFF\u2581]/u;

/** Converts texts to the form in which a model writes. Words outside the vocabulary stay as they are. */
export class ModelForm {
  /** Whether the model writes lower case only: its tokenizer says so, or no token has a capital. */
  readonly isLowercase: boolean;
  private readonly tokenizer: WritingTokenizer;

  private constructor(tokenizer: WritingTokenizer, isLowercase: boolean) {
    this.tokenizer = tokenizer;
    this.isLowercase = isLowercase;
  }

  /** Returns the form of texts that a tokenizer's tokens can spell. */
  static of(tokenizer: WritingTokenizer): ModelForm {
    return new ModelForm(tokenizer, tokenizer.isLowercase || !hasCapitals(tokenizer));
  }

  /**
   * Returns a text as the model would write it. What the model has written stays as it is.
   *
   * @param lowercase whether the text is brought to lower case in any case.
   */
  textOf(text: string, { lowercase = false }: { readonly lowercase?: boolean } = {}): string {
    const { tokenizer } = this;
    // A tokenizer of lower case does that itself, letter by letter, also at the end of a Greek word.
    const isLowered = (lowercase || this.isLowercase) && !tokenizer.isLowercase;
    let formed = isLowered ? text.toLowerCase() : text;
    // Rare marks beside Chinese become what the rules change once more; a reference must not stop half-way.
    for (let time = 0; time < mostTimes; time++) {
      const next = tokenizer.normalize(formed);
      if (next === formed) break;
      formed = next;
    }
    return formed;
  }

  /**
   * Counts the references that are not in the model's form; null if all are.
   *
   * @param ignoresCase whether the comparison ignores capitals anyway.
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
