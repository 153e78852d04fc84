/** @file The names of emoji, taken apart: what is shown, in which skin tone, and who does it. */

/** "woman firefighter: dark skin tone" in its parts. */
export interface NameParts {
  /** What is shown: "woman firefighter". */
  readonly base: string;
  /** What else is said of it, skin tones not among them: "facing right". */
  readonly details: readonly string[];
  /** One for each person that has one: "dark skin tone". */
  readonly tones: readonly string[];
  /** Who does what: "woman" and "firefighter"; null where it is not a man or a woman of some kind. */
  readonly person: { readonly who: "man" | "woman"; readonly role: string } | null;
}

/** Takes a name of CLDR's apart: the base, a colon, and details with commas between. */
export function partsOf(name: string): NameParts {
  const [base = "", rest = ""] = name.split(/:(.*)/s).map((part) => part.trim());
  const all = rest
    .split(",")
    .map((detail) => detail.trim())
    .filter((detail) => detail !== "");
  const isTone = (detail: string): boolean => detail.endsWith("skin tone");
  const match = /^(man|woman) (.+)$/.exec(base);
  return {
    base,
    details: all.filter((detail) => !isTone(detail)),
    tones: all.filter(isTone),
    person: match ? { who: match[1] as "man" | "woman", role: match[2] as string } : null,
  };
}

/** The words of a name, without marks between them. */
export function nameWords(name: string): string[] {
  return name.split(/[\s:,]+/).filter((word) => word !== "");
}
