/**
 * @file Unicode's composed form (NFC) as the library `tokenizers` implements it, with Unicode 9. JavaScript
 * engines implement various later versions, so the same text would give different tokens on different engines.
 */

/** Characters whose role in NFC was defined after Unicode 9, as of version 17. */
const late = new RegExp(
  `([${[
    String.raw`\u{7FD}\u{897}-\u{89F}\u{8CA}-\u{8D3}\u{9FE}\u{C3C}\u{D3B}-\u{D3C}\u{EBA}\u{1715}`,
    String.raw`\u{1ABF}-\u{1ADD}\u{1AE0}-\u{1AEB}\u{1DF6}-\u{1DFA}\u{A82C}\u{105C9}\u{105D2}\u{105DA}`,
    String.raw`\u{105E4}\u{10D24}-\u{10D27}\u{10D69}-\u{10D6D}\u{10EAB}-\u{10EAC}\u{10EFA}-\u{10EFB}`,
    String.raw`\u{10EFD}-\u{10EFF}\u{10F46}-\u{10F50}\u{10F82}-\u{10F85}\u{11070}\u{1133B}`,
    String.raw`\u{11382}-\u{11385}\u{1138B}\u{1138E}\u{11390}-\u{11391}\u{113C2}\u{113C5}`,
    String.raw`\u{113C7}-\u{113C8}\u{113CE}-\u{113D0}\u{1145E}\u{11839}-\u{1183A}\u{11935}\u{11938}`,
    String.raw`\u{1193D}-\u{1193E}\u{11943}\u{119E0}\u{11A34}\u{11A47}\u{11A99}\u{11D42}`,
    String.raw`\u{11D44}-\u{11D45}\u{11D97}\u{11F41}-\u{11F42}\u{1611E}\u{16121}-\u{16129}\u{1612F}`,
    String.raw`\u{16D63}\u{16D67}-\u{16D6A}\u{16FF0}-\u{16FF1}\u{1E08F}\u{1E130}-\u{1E136}\u{1E2AE}`,
    String.raw`\u{1E2EC}-\u{1E2EF}\u{1E4EC}-\u{1E4EF}\u{1E5EE}-\u{1E5EF}\u{1E6E3}\u{1E6E6}`,
    String.raw`\u{1E6EE}-\u{1E6EF}\u{1E6F5}`,
  ].join("")}])`,
  "u",
);

/**
 * Returns the text in composed form. Characters that were added after Unicode 9 are neither composed
 * nor reordered.
 */
export function compose(text: string): string {
  if (!late.test(text)) return text.normalize("NFC");
  // Parts at odd positions are the late characters themselves.
  return text
    .split(late)
    .map((part, index) => (index % 2 === 1 ? part : part.normalize("NFC")))
    .join("");
}
