/**
 * How a token's spelling is shown: "▁" begins a word, and is not shown, nor is what ends one in subword-nmt; a space can
 * be seen.
 */
export function spelled(token: string): string {
  const bare = token.replace(/^\u2581|<\/w>$/, "");
  return bare.trim() === "" && token !== "" ? "␣" : bare;
}

/** About how wide a token's box is, in CSS pixels; Chinese characters are wider. */
export function tokenWidth(token: string, fontSize = 14): number {
  let units = 0;
  for (const character of spelled(token)) units += /[\u2e80-\uffef]/u.test(character) ? 1.05 : 0.6;
  return Math.max(26, Math.ceil(units * fontSize) + 16);
}

/** About how wide a bare word is. */
export function textWidth(word: string, fontSize: number): number {
  return tokenWidth(word, fontSize) - 16;
}

/** A word cut to the room there is, with an ellipsis. */
export function shortened(word: string, room: number, fontSize: number): string {
  const letters = [...word];
  while (letters.length > 2 && textWidth(letters.join(""), fontSize) > room) letters.pop();
  return letters.length < [...word].length ? `${letters.slice(0, -1).join("")}…` : word;
}

/** Letters smaller than these are hard to read. */
const leastLetters = 11;

/** A word in letters as large as the room allows, at most `fontSize`. What is too long even in small ones is cut. */
export function fitted(
  word: string,
  room: number,
  fontSize: number,
): { readonly text: string; readonly size: number } {
  for (let size = fontSize; size >= leastLetters; size--)
    if (textWidth(word, size) <= room) return { text: word, size };
  return { text: shortened(word, room, fontSize), size: fontSize };
}

/** The first of some texts that the room is wide enough for, else the last. */
export function firstThatFits(texts: readonly string[], room: number, fontSize: number): string {
  return texts.find((text) => textWidth(text, fontSize) <= room) ?? (texts.at(-1) as string);
}
