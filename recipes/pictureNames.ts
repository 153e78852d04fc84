/** @file Parses the names of emoji: what they show, in which skin tone, and who does it. */

/** The parts of "woman firefighter: dark skin tone". */
export interface NameParts {
  /** What is shown: "woman firefighter". */
  readonly base: string;
  /** Other details, without skin tones: "facing right". */
  readonly details: readonly string[];
  /** One for each person with a skin tone: "dark skin tone". */
  readonly tones: readonly string[];
  /** Who does what: "woman" and "firefighter"; null if it is not a man or woman in a role. */
  readonly person: { readonly who: "man" | "woman"; readonly role: string } | null;
}

/** Parses a CLDR name: the base, a colon, and comma-separated details. */
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

/** The words of a name, without punctuation. */
export function nameWords(name: string): string[] {
  return name.split(/[\s:,]+/).filter((word) => word !== "");
}
