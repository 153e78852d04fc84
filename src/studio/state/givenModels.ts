/** @file Opens what the reader hands over as a model of the story. */

import type { Given, GivenModel } from "../../lab/exchange/givenModel.ts";
import { TranslatedError } from "../text/faults.ts";
import { isUsable } from "./models.ts";
import { type OwnModel, ownModels } from "./ownModels.svelte.ts";

/** Reads and checks a model. Throws an error for `faultWords`. */
export async function readGiven(given: Given): Promise<GivenModel> {
  const { readGivenModel } = await import("./givenReader.ts");
  return readGivenModel(given);
}

/** Puts a model among those that the story can open. Throws an error for `faultWords` if it can show nothing of it. */
export async function addGiven(model: GivenModel): Promise<OwnModel> {
  const { entryOfGiven } = await import("./givenReader.ts");
  const describe = (name: string, path: string) => ({ ...entryOfGiven(model, path), name });
  if (!isUsable(describe("", ""))) {
    throw new TranslatedError({
      en: `${model.name}: the model reads files of features, which this page cannot give it; record a translation with “seq2see translate --trace” instead.`,
      zh: `${model.name}：这个模型读取特征文件，网页无法提供；请改用 “seq2see translate --trace” 记录一次翻译。`,
    });
  }
  return ownModels.add(model.name, describe, { files: model.files, origin: null });
}
