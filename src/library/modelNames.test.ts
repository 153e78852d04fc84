import { expect, test } from "vitest";
import { Seq2Seq } from "./seq2seq.ts";

test("a model that comes with the package is loaded by its name", async () => {
  const model = await Seq2Seq.load("dates", { threads: 1 });
  const [translation] = await model.translate("le 14 juillet 1989");
  await model.release();
  expect(translation?.text).toBe("1989-07-14");
});
