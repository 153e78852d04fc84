import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { xmlText } from "./xmlText.ts";

/** The text of a document as an XML parser reads it. */
function parsed(document: string): string {
  let text = "";
  const parser = new SaxesParser();
  parser.on("text", (part) => {
    text += part;
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(document).close();
  return text;
}

test("every UTF-16 unit can stand in XML afterwards, and what could before stays", () => {
  for (let unit = 0; unit <= 0xffff; unit++) {
    const text = String.fromCharCode(unit);
    const clean = xmlText(text);
    const isHalf = unit >= 0xd800 && unit <= 0xdfff;
    const isControl = unit < 0x20 && !"\t\n\r".includes(text);
    expect(clean).toBe(isHalf || isControl || unit >= 0xfffe ? "\ufffd" : text);
  }
});

test.each([
  ["control characters", "a\u0000b\u0008c\u001bd", "a\ufffdb\ufffdc\ufffdd"],
  ["halves of characters", "\ud83d \ude00 \ude00\ud83d", "\ufffd \ufffd \ufffd\ufffd"],
  ["no characters", "\ufffe\uffff", "\ufffd\ufffd"],
  ["emoji and rare letters", "👩‍👩‍👧‍👦 𐍈 \u{10ffff}", "👩‍👩‍👧‍👦 𐍈 \u{10ffff}"],
  ["white space", "a\tb\nc", "a\tb\nc"],
])("a document with %s is well-formed", (_, text, expected) => {
  expect(parsed(`<text>${xmlText(text)}</text>`)).toBe(expected);
});
