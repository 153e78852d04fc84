/** @file In which script a text is. Pure. */

/** The share of a text's letters that are Chinese characters; 0 of a text without letters. */
export function chineseShare(text: string): number {
  return letterShare(text, /\p{Script=Han}/u);
}

/** The share of a text's letters that are neither Latin nor Chinese, such as Cyrillic or Japanese ones. */
export function otherScriptShare(text: string): number {
  return letterShare(text, /[^\p{Script=Latin}\p{Script=Han}]/u);
}

function letterShare(text: string, wanted: RegExp): number {
  const letters = text.match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return 0;
  return letters.filter((letter) => wanted.test(letter)).length / letters.length;
}

/** Whether most of a text is in Chinese characters, and none of it in Japanese ones. */
export function isChineseText(text: string): boolean {
  return chineseShare(text) >= 0.5 && !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
}
