import { expect, test } from "vitest";
import { pictureModel, picturePixels } from "../../../test/support/pictureModel.ts";
import { cutPatches } from "../../features/patches.ts";
import { decodePng } from "../../features/png.ts";
import { isOfPicture, pictureOf, rowAndColumn } from "./picture.ts";

const bytesOf = (url: string): Uint8Array =>
  Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));

test("the drawn picture has the pixels of the file, cut as the model cuts them", async () => {
  const { model, source } = await pictureModel();
  const trace = await model.trace(source, { maxLength: 2 });
  const picture = pictureOf(trace);
  expect(isOfPicture(trace)).toBe(true);
  expect(picture).toMatchObject({ rows: 2, columns: 3, width: 12, height: 4, ratio: 0.5 });
  expect(await decodePng(bytesOf(picture?.url ?? ""), "whole")).toMatchObject({
    width: 12,
    height: 4,
    data: Buffer.from(picturePixels.data),
  });
  for (const [place, url] of (picture?.patches ?? []).entries()) {
    const patch = await decodePng(bytesOf(url), "patch");
    const { data } = cutPatches(patch, { rows: 1, columns: 1 }, "patch");
    expect(Array.from(data)).toEqual(
      Array.from(source.data.subarray(place * data.length, (place + 1) * data.length)),
    );
  }
  expect(pictureOf(trace)).toBe(picture);
  await model.release();
});

test("places are counted in rows and columns from 1 on", () => {
  const shape = { rows: 2, columns: 3, ratio: 1 };
  expect(rowAndColumn(shape, 0)).toEqual([1, 1]);
  expect(rowAndColumn(shape, 5)).toEqual([2, 3]);
});
