import { expect, test } from "vitest";
import { ZipError } from "../../files/zipFault.ts";
import { GivenError } from "../../lab/exchange/givenFault.ts";
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

test("a zip archive or a folder that is no model is told in both languages", () => {
  expect(faultWords(new ZipError("a.zip", { kind: "damaged", file: "m/config.json" }))).toEqual({
    en: "a.zip: m/config.json is damaged in the zip archive; download or make it again.",
    zh: "a.zip：压缩包里的 m/config.json 已损坏；请重新下载或重新打包。",
  });
  expect(faultWords(new GivenError("letters", { kind: "missing", file: "config.json" }))).toEqual({
    en: "letters: config.json is missing in it; give the whole folder of the model.",
    zh: "letters：缺少 config.json；请给出模型的整个文件夹。",
  });
});
