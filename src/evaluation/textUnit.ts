/**
 * @file What counts as a word: text between spaces or, in scripts without spaces between words, a character.
 * Characters are used because the words found by a dictionary change with every release of it.
 */

/** The unit that ROUGE and the word error rate count. */
export type TextUnit = "words" | "characters";

/** Scripts written without spaces between words. Korean is not one of them. */
const [chinese, others] = [
  ["Han", "Bopomofo"],
  [
    "Hiragana",
    "Katakana",
    "Thai",
    "Lao",
    "Khmer",
    "Myanmar",
    "Tibetan",
    "Javanese",
    "Balinese",
    "Tai_Le",
    "New_Tai_Lue",
    "Tai_Tham",
    "Tai_Viet",
  ],
] as const;

// Only the letters of these scripts, with Nl for 〇; marks belong to the letter before them.
const letterOf = (scripts: readonly string[]): string =>
  `(?=[\\p{L}\\p{Nl}])[${scripts.map((script) => `\\p{scx=${script}}`).join("")}]`;
const unspaced = letterOf([...chinese, ...others]);
const wordPart = `(?:(?!${unspaced})[\\p{L}\\p{M}\\p{N}])+`;

const unspacedLetters = new RegExp(unspaced, "gu");
const chineseLetters = new RegExp(letterOf(chinese), "gu");
const otherWords = new RegExp(wordPart, "gu");
const gaps = new RegExp(`${unspaced}\\p{M}*\\p{White_Space}+(?=${unspaced})`, "gu");
const units = new RegExp(`${unspaced}\\p{M}*|${wordPart}(?:['’.,-]${wordPart})*|\\S`, "gu");
const unitsWithoutMarks = new RegExp(`${unspaced}\\p{M}*|${wordPart}`, "gu");

/** A text with more spaces between such letters than this was segmented into words. */
const fewGaps = 1 / 8;

/** How texts are written, with regard to words. */
export interface TextScript {
  /** What to count as a word. */
  readonly unit: TextUnit;
  /** Whether the texts are Chinese, if no spaces separate words. */
  readonly isChinese: boolean;
}

/**
 * Detects how texts are written: in characters if there are more letters of scripts without spaces than
 * words of all others, and hardly any spaces between these letters. Empty input counts as words.
 */
export function scriptOf(texts: Iterable<string>): TextScript {
  const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const found = { unspaced: 0, chinese: 0, words: 0, gaps: 0 };
  for (const text of texts) {
    const letters = count(text, unspacedLetters);
    found.words += count(text, otherWords);
    if (letters === 0) continue;
    found.unspaced += letters;
    found.chinese += count(text, chineseLetters);
    found.gaps += count(text, gaps);
  }
  const isUnspaced = found.unspaced > found.words && found.gaps < fewGaps * found.unspaced;
  return {
    unit: isUnspaced ? "characters" : "words",
    // Japanese has kana everywhere; Chinese has a few, in names.
    isChinese: isUnspaced && found.chinese > 0.9 * found.unspaced,
  };
}

/**
 * Splits a text into characters instead of words: a letter of a script without spaces with its marks;
 * words of other scripts stay whole ("Python", "3.14", "don't"), and any other sign is a unit by itself.
 */
export function charactersOf(text: string): string[] {
  return text.match(units) ?? [];
}

/** Like {@link charactersOf}, with letters and digits only. */
export function letterCharactersOf(text: string): string[] {
  return text.match(unitsWithoutMarks) ?? [];
}
