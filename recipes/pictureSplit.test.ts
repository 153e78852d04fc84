import { describe, expect, test } from "vitest";
import { nameWords, partsOf } from "./pictureNames.ts";
import { type NamedPicture, splitPictures } from "./pictureSplit.ts";

describe("the parts of a name", () => {
  test("are who does what, in which skin tone, and other details", () => {
    expect(partsOf("woman firefighter: dark skin tone, facing right")).toEqual({
      base: "woman firefighter",
      details: ["facing right"],
      tones: ["dark skin tone"],
      person: { who: "woman", role: "firefighter" },
    });
  });
  test("may be a base alone, or no person", () => {
    expect(partsOf("hammer")).toEqual({ base: "hammer", details: [], tones: [], person: null });
    expect(partsOf("man: bald")).toMatchObject({ base: "man", details: ["bald"], person: null });
  });
});

const tones = ["light", "medium-light", "medium", "medium-dark", "dark"];
const roles = Array.from({ length: 60 }, (_, index) => `role${index}`);
/** A man, a woman and a person of each role, without a tone and in each. */
const pictures: NamedPicture[] = ["man", "woman", "person"].flatMap((who) =>
  roles.flatMap((role) =>
    ["", ...tones.map((tone) => `: ${tone} skin tone`)].map((tone) => {
      const name = `${who} ${role}${tone}`;
      return { file: `${name}.png`, names: [name] };
    }),
  ),
);

describe("the split of pictures", () => {
  const split = splitPictures(pictures);
  const namesOf = (set: readonly NamedPicture[]): string[] => set.flatMap(({ names }) => names);
  const train = new Set(namesOf(split.train));

  test("has every picture once", () => {
    const all = [split.train, split.dev, split.tones, split.roles].flat();
    expect(all).toHaveLength(pictures.length);
    expect(new Set(all.map(({ file }) => file)).size).toBe(pictures.length);
  });
  test("holds out of train what is asked later", () => {
    expect([split.dev, split.tones, split.roles].map(({ length }) => length > 20)).toEqual([
      true,
      true,
      true,
    ]);
    for (const name of namesOf([...split.dev, ...split.tones, ...split.roles])) {
      expect(train.has(name)).toBe(false);
    }
  });
  test("asks for figures that train has in another tone, and for tones that it has", () => {
    const figures = new Set([...train].map((name) => partsOf(name).base));
    const seen = new Set([...train].flatMap((name) => partsOf(name).tones));
    for (const name of namesOf([...split.dev, ...split.tones])) {
      expect(figures.has(partsOf(name).base)).toBe(true);
      expect(partsOf(name).tones.every((tone) => seen.has(tone))).toBe(true);
    }
  });
  test("asks for men of roles, or women, that train has only of others", () => {
    const figures = new Set([...train].map((name) => partsOf(name).base));
    for (const name of namesOf(split.roles)) {
      const { base, person } = partsOf(name);
      expect(figures.has(base)).toBe(false);
      expect(figures.has(`${person?.who === "man" ? "woman" : "man"} ${person?.role}`)).toBe(true);
    }
  });
  test("asks for no word that train does not have", () => {
    const words = new Set([...train].flatMap(nameWords));
    for (const word of namesOf([...split.dev, ...split.tones, ...split.roles]).flatMap(nameWords)) {
      expect(words.has(word)).toBe(true);
    }
  });
  test("never holds out a picture that is called two things, nor a figure of a single tone", () => {
    const twins = pictures.map(({ file, names }) => ({
      file,
      names: [...names, `twin of ${file}`],
    }));
    expect(splitPictures(twins).train).toHaveLength(twins.length);
    const alone = pictures.filter(({ names }) => names[0]?.endsWith(": dark skin tone"));
    const { dev, tones: asked } = splitPictures(alone);
    expect([...dev, ...asked]).toEqual([]);
  });
});
