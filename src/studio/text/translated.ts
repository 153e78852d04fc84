/** The languages that the studio speaks. */
export type Locale = "en" | "zh";

/** A text in each language. */
export type Translated<Text> = { readonly [locale in Locale]: Text };
