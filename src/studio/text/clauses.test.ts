import { expect, test } from "vitest";
import { clauseTranslator } from "./clauses.ts";

const translate = clauseTranslator({
  "{}: <>; <>.": "$1：$2；$3。",
  "{} is damaged: <>; <>.": "$1 已损坏：$2；$3。",
  "it has {} of {} bytes": "应有 $2 字节，只有 $1 字节",
  "copy it again": "请重新复制",
});

test("a sentence is translated by its clauses; names and numbers stay", () => {
  expect(translate("a.json: it has 3 of 9 bytes; copy it again.")).toBe(
    "a.json：应有 9 字节，只有 3 字节；请重新复制。",
  );
});

test("of several patterns, the one that says most counts", () => {
  expect(translate("a: b is damaged: it has 3 of 9 bytes; copy it again.")).toBe(
    "a: b 已损坏：应有 9 字节，只有 3 字节；请重新复制。",
  );
});

test("a sentence with an unknown clause is not translated in part", () => {
  expect(translate("a.json: it is blue; copy it again.")).toBeNull();
  expect(translate("copy it")).toBeNull();
  expect(translate("copy it again")).toBe("请重新复制");
});
