import { describe, expect, test } from "vitest";
import { type Emoji, namedFiles } from "./emojiPictures.ts";
import { shareAmongBest } from "./topMatches.ts";

const picture = (unified: string, category = "People & Body") => ({
  unified,
  image: `${unified.toLowerCase()}.png`,
  category,
  has_img_twitter: true,
});

describe("the files of emoji", () => {
  const names = new Map([
    ["👋", "waving hand"],
    ["👋🏿", "waving hand: dark skin tone"],
    ["☠", "skull and crossbones"],
    ["🇫🇷", "flag: France"],
  ]);
  const list: Emoji[] = [
    { ...picture("1F44B"), skin_variations: { "1F3FF": picture("1F44B-1F3FF") } },
    picture("2620-FE0F", "Smileys & Emotion"),
    picture("1F1EB-1F1F7", "Flags"),
    picture("1F600", "Smileys & Emotion"),
    { ...picture("1F44B"), image: "none.png", has_img_twitter: false },
  ];
  test("have CLDR's names, in every skin tone, whatever the selector of their form", () => {
    expect(namedFiles(list, names)).toEqual([
      { file: "1f44b.png", name: "waving hand" },
      { file: "1f44b-1f3ff.png", name: "waving hand: dark skin tone" },
      { file: "2620-fe0f.png", name: "skull and crossbones" },
    ]);
  });
});

describe("the share among the best", () => {
  test("counts a sentence once, whichever of its translations is right", () => {
    const output =
      "0 ||| a ||| -1.0\n0 ||| b ||| -2.0\n1 ||| c ||| -1.0\n2 ||| d ||| -1.0\n2 ||| d ||| -3\n";
    expect(shareAmongBest(output, ["b", "b", "d"])).toBe(2 / 3);
  });
  test("is of all sentences, also of those without a translation", () => {
    expect(shareAmongBest("0 ||| a ||| -1\n", ["a", "b", "c", "d"])).toBe(0.25);
  });
  test("is refused of other lines", () => {
    expect(() => shareAmongBest("a dog\n", ["a dog"])).toThrow('"a dog" is not a line of');
  });
});
