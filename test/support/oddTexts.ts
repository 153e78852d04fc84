/** @file Generated texts with characters that normalisers and tokenizers get wrong. */
import type { Random } from "../../src/tensor/random.ts";

const between = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));

/** The parts of the texts, by kind. */
export const oddCharacters: Readonly<Record<string, readonly string[]>> = {
  plain: [..."aeinostzAEINOSTZ0123456789"],
  "letters with odd cases": [..."ΣσςİIıiÀÉßẞŉǰΐΰևẖẗẘẙẚfiflﬓᾳᾼῼǅǲⱯꞍꭰᏸᎠ𐐀𐐨𞤀𞤢ΆΏᾈ"],
  greek: [..."ΑΒΓΟΣΚαβγοσκΌόώ\u0345\u0301'"],
  "combining marks": [
    ...between(0x300, 0x34f),
    ...between(0x591, 0x5bd),
    ...between(0x64b, 0x655),
    ..."\u093c\u094d\u09be\u09c7\u0bbe\u0bc6\u0dca\u0dcf\u0dd9\u1039\u3099\u309a\u20d0\u20e3\u302a",
  ],
  "bases of marks": [..."aeoucnsAEOUCNSकখகරかハيوا\u1100ώ"],
  jamo: [...between(0x1100, 0x1115), ...between(0x1161, 0x1178), ...between(0x11a7, 0x11c4)],
  hangul: [..."가각갂개걔갸힣한글값"],
  joiners: ["\u200c", "\u200d", "\u2060", "\u034f", "\u00ad", "\u180e"],
  selectors: ["\ufe00", "\ufe0e", "\ufe0f", "\u{e0100}", "\u{e01ef}"],
  emoji: [
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "🏳️‍🌈",
    "1️⃣",
    "🇫🇷",
    "🇩",
    "🏴\u{e0067}\u{e0062}\u{e007f}",
    "❤️",
    "🫠",
    "😀",
    "☺",
  ],
  unassigned: [
    "\u0378",
    "\u05ff",
    "\u2065",
    "\u{2fe0}",
    "\u{1ffff}",
    "\u{e0080}",
    "\u{323b0}",
    "\uffff",
  ],
  "private use": ["\ue000", "\uf8ff", "\u{f0000}", "\u{10ffff}"],
  "lone surrogates": ["\ud800", "\udbff", "\udc00", "\udfff"],
  controls: [..."\0\u0001\u0007\b\u001b\u001c\u001f\u007f\u0080\u0090\u009f\u2028\u2029"],
  "white space": [
    ..." \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2003\u2007\u2009\u200a\u2028\u202f\u205f\u3000",
    "\r\n",
    "  ",
    " \u00a0",
    "\u200b",
  ],
  "space marks": ["\u2581", "\ufeff", "\u2581\u2581", " \u2581", "\u2581 "],
  "compatibility ideographs": [..."豈更車﨑神\u{2f800}\u{2f81a}\u{2fa1d}⽂㈱㍿ｶﾞ"],
  "right to left": [..."שלוםا ﻻﷺ\u200e\u200f\u061c\u202a\u202e\u2066\u2069\u05bf\u0640"],
  digits: [..."٠٩०९๓߁𝟘𝟡①Ⅻ½²ⅻ〇"],
  "marks of writing": [..."!\"#%&'()*,-./:;?@[\\]_{}¡«»¿‐–—‘’“”…‰§¶、。「」・؟۔।၊፡"],
  symbols: [..."$+<=>^`|~¢£©°±×÷€™∑√∞♥♫⠿⁄˘´¨№℃\u{1d15e}"],
  composed: [..."éǘṩḗộ\u212b\u2126\u212a\u1e9b\u0958\u0dddỺ\u{110ab}\u{1134b}"],
  // JavaScript engines compose or reorder these since different versions of Unicode.
  "late marks": [
    "\u07fd\u0301",
    "\u0316\u089a",
    "\u{105d2}\u0307",
    "\u{16d67}\u{16d67}",
    "\u{10d24}\u0327",
  ],
  "like special tokens": ["<", "s>", "</", "pad", "unk>", "<S>", "▁<"],
};

/** Returns a text of one to twelve parts, mostly of one or two kinds. */
export function oddText(random: Random): string {
  const pick = <Item>(items: readonly Item[]): Item => items[random.integer(items.length)] as Item;
  const kinds = Object.values(oddCharacters);
  const chosen = [pick(kinds), pick(kinds), oddCharacters.plain as readonly string[]];
  const spaces = oddCharacters["white space"] as readonly string[];
  const parts = Array.from({ length: 1 + random.integer(12) }, () => {
    const part = pick(
      random.integer(8) === 0
        ? (kinds[random.integer(kinds.length)] as readonly string[])
        : pick(chosen),
    );
    return random.integer(5) === 0 ? part + pick(random.integer(3) === 0 ? spaces : [" "]) : part;
  });
  return parts.join("");
}

/** Returns `count` unusual texts, the same for the same generator. */
export function oddTexts(count: number, random: Random): string[] {
  return Array.from({ length: count }, () => oddText(random));
}
