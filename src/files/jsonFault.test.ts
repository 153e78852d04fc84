import { expect, test } from "vitest";
import { lineOfJsonFault } from "./jsonFault.ts";

test.each([
  ["a comma too many in an object", '{\n"a": 1,\n}', 3],
  ["a comma too many in a list", '[\n"a",\n]', 3],
  ["a comma too few", '{\n"a": 1\n"b": 2\n}', 3],
  ["a comment", '{\n"a": 1, // one\n"b": 2\n}', 2],
  ["a key without marks", "{\na: 1 }", 2],
  ["single marks", "{\n\n'a': 1 }", 3],
  ["a word that is none", '{ "a": [1,\ntru] }', 2],
  ["a line within a text", '{ "a":\n"one\ntwo" }', 2],
  ["a mark that closes another", '{ "a": [1,\n2} }', 2],
  ["the end too early", '{ "a": [1,\n2\n', 3],
  ["something behind the end", '{ "a": 1 }\n\n{', 3],
  ["a number that is none", "[1,\n01]", 2],
  ["nothing", "", 1],
  ["a first comma", "[\n, 1]", 2],
])("%s is found in its line", (_, text, line) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(lineOfJsonFault(text)).toBe(line);
});

test("what is JSON is read to its end", () => {
  const value = { a: [1, -0.5e3, 'x"\\\u2028é', [], {}, [[null]], true], b: { c: false } };
  const text = JSON.stringify(value, null, 1);
  expect(lineOfJsonFault(`${text}\n\n?`)).toBe(text.split("\n").length + 2);
});
