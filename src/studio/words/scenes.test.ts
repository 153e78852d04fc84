import { expect, test } from "vitest";
import { sceneNumber, sceneReference } from "./scenes.ts";

test("texts refer to a scene by its place in the story", () => {
  expect(sceneNumber("black-box")).toBe(1);
  expect(sceneReference("encoder-decoder", "en")).toBe("scene 3");
  expect(sceneReference("encoder-decoder", "zh")).toBe("第 3 幅图");
});
