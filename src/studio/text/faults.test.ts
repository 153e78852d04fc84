import { expect, test } from "vitest";
import { FetchError } from "../../library/fetchFile.ts";
import { faultWords, TranslatedError } from "./faults.ts";

test("a file that could not be fetched is told in both languages, each with its address", () => {
  const missing = new FetchError("https://a.b/models.json", { kind: "status", status: 404 });
  expect(faultWords(missing)).toEqual({
    en: "https://a.b/models.json: the server answers 404; check the address.",
    zh: "https://a.b/models.json：服务器返回 404；请检查地址、访问权限或服务器，或稍后再试。",
  });
  const offline = new FetchError("https://a.b/x", { kind: "unreachable", detail: "offline" });
  expect(faultWords(offline).zh).toMatch(/^https:\/\/a\.b\/x：无法下载（offline）/);
});

test("an error with words of its own keeps them, and any other is quoted", () => {
  const words = { en: "Too large.", zh: "太大。" };
  expect(faultWords(new TranslatedError(words))).toBe(words);
  expect(faultWords(new Error("out of memory"))).toEqual({
    en: "out of memory",
    zh: "出现了错误，程序的原文是：out of memory",
  });
  expect(faultWords("odd").en).toBe("odd");
});
