/** What XML 1.0 does not allow, not even escaped: control characters, lone surrogates, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Returns a text, or a whole document, with U+FFFD in place of what XML does not allow. */
export function xmlText(text: string): string {
  return text.replace(forbidden, "\ufffd");
}
