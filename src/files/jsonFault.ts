/** @file Where a text stops being JSON; engines do not tell it in all cases. Isomorphic. */

/** A mark, a text, a number or a word, with the white space before it. */
const token =
  /[ \t\n\r]*(?:([{}[\],:])|("[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\p{Cc}]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy;

/** People write no longer files. */
const longest = 1e6;

/** What may come next: a value, the key of an object, or marks. */
type Expected = "value" | "key" | ":" | ",";

/**
 * Finds the first fault of a text that is not JSON.
 *
 * @returns its line, from 1; null if the text is too long to look through.
 */
export function lineOfJsonFault(text: string): number | null {
  if (text.length > longest) return null;
  const open: ("]" | "}")[] = [];
  let expected: Expected = "value";
  // A closing mark may follow an opening one at once, but no comma.
  let mayClose = false;
  let end = 0;
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [, mark, string] = found;
    const closing = open.at(-1);
    if (mark === closing && mark && (mayClose || expected === ",")) {
      open.pop();
      [expected, mayClose] = [",", false];
    } else if (expected === "key" && string) [expected, mayClose] = [":", false];
    else if (expected === ":" && mark === ":") expected = "value";
    else if (expected === "," && mark === "," && closing) {
      expected = closing === "}" ? "key" : "value";
    } else if (expected === "value" && (mark === "{" || mark === "[")) {
      open.push(mark === "{" ? "}" : "]");
      [expected, mayClose] = [mark === "{" ? "key" : "value", true];
    } else if (expected === "value" && !mark) [expected, mayClose] = [",", false];
    else break;
    end = token.lastIndex;
  }
  const [space = ""] = /^\s*/.exec(text.slice(end)) ?? [];
  return text.slice(0, end + space.length).split("\n").length;
}
