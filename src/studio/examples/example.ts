import type { Locale, Translated } from "../text/translated.ts";

/** A text to try with a model. */
export interface Example {
  readonly text: string;
  /**
   * What it means, in the languages of the page but the one that it is in; null if only its model's card or data know
   * it.
   */
  readonly meaning: Partial<Translated<string>> | null;
  /** Its translation in the data of the model, in the target language; it stands for the meaning. */
  readonly target?: string | null;
}

/** Texts that have something in common. */
export interface ExampleGroup {
  readonly name: Translated<string>;
  readonly examples: readonly Example[];
}

/** What an example means, and in which language that is said: the page's, if it is not the example's own. */
export function meaningOf(
  { meaning, target }: Example,
  locale: Locale,
  targetCode: string | undefined,
): { readonly text: string; readonly lang: string | undefined } | null {
  const other: Locale = locale === "en" ? "zh" : "en";
  for (const lang of [locale, other]) {
    const text = meaning?.[lang];
    if (text) return { text, lang };
  }
  return target ? { text: target, lang: targetCode } : null;
}
