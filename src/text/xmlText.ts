/** What XML 1.0 cannot hold, not even escaped: control characters, halves of characters, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text, or a whole document, with U+FFFD in the place of what XML cannot hold. */
export function xmlText(text: string): string {
  return text.replace(forbidden, "\ufffd");
}
