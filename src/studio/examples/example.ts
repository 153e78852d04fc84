import type { Translated } from "../text/translated.ts";

/** A text to try with a model. */
export interface Example {
  readonly text: string;
  /** What it means, in the language of the page; null if only its model's card or data know it. */
  readonly meaning: Translated<string> | null;
  /** Its translation in the data of the model, in the target language; it stands for the meaning. */
  readonly target?: string | null;
}

/** Texts that have something in common. */
export interface ExampleGroup {
  readonly name: Translated<string>;
  readonly examples: readonly Example[];
}
