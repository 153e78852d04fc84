/**
 * @file What counts as a word: what stands between spaces or, in scripts that put none between words, a
 * character. Characters, and not words that a dictionary finds, since these change with each release of it.
 */

/** What ROUGE and word error rate count. */
export type TextUnit = "words" | "characters";

/** Scripts whose words are written without spaces between. Korean is not one of them. */
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

// Of these scripts' characters only letters; 〇 is a number by Unicode, and marks belong to the letter before.
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

/** A text with more spaces than this between such letters has been cut into words. */
const fewGaps = 1 / 8;

/** How texts are written, as far as words are concerned. */
export interface TextScript {
  /** What stands in the place of words. */
  readonly unit: TextUnit;
  /** Whether they are Chinese, if words are not parted. */
  readonly isChinese: boolean;
}

/**
 * Tells how texts are written: in characters if there are more letters of scripts without spaces than
 * words of all others, and hardly any space between these letters. No text at all counts as words.
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
    // Japanese has kana everywhere; in Chinese a name may have some.
    isChinese: isUnspaced && found.chinese > 0.9 * found.unspaced,
  };
}

/**
 * Cuts a text into characters in the place of words: a letter of a script without spaces with its marks;
 * words of other scripts stay whole ("Python", "3.14", "don't"), and each other sign is one by itself.
 */
export function charactersOf(text: string): string[] {
  return text.match(units) ?? [];
}

/** As {@link charactersOf}, with letters and digits only. */
export function letterCharactersOf(text: string): string[] {
  return text.match(unitsWithoutMarks) ?? [];
}
