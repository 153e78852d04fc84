import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TextTokenizer } from "../../text/tokenizer.ts";
import { learnTokenizer } from "../../text/tokenizerOption.ts";
import { chineseExamples } from "./chinese.ts";
import { dateExamples } from "./dates.ts";
import { englishExamples } from "./english.ts";
import { frenchExamples } from "./french.ts";
import { misfitOf } from "./languageFit.ts";

const tokenizer = (model: string, side: string): TextTokenizer =>
  TextTokenizer.fromJson(
    JSON.parse(
      readFileSync(
        join(import.meta.dirname, `../../../models/${model}/${side}.tokenizer.json`),
        "utf8",
      ),
    ),
    model,
  );
const textsOf = (groups: typeof frenchExamples): string[] =>
  groups.flatMap(({ examples }) => examples.map(({ text }) => text));
const french = {
  source: tokenizer("fr-en", "source"),
  target: tokenizer("fr-en", "target"),
  known: textsOf(frenchExamples),
};
const dates = {
  source: tokenizer("dates", "source"),
  target: tokenizer("dates", "target"),
  known: textsOf(dateExamples),
};

describe("a model of French", () => {
  it("finds nothing strange in French, as it is printed or typed", () => {
    const typed = [
      "Mon ordinateur portable est tombé en panne hier.",
      "Les chercheurs ont découvert une nouvelle espèce de grenouille.",
      "je suis etudiant",
      "ou est la gare",
      "ça va",
      "on mange quoi ce soir ?",
      "Marie Curie est née à Varsovie en 1867.",
      "Le logiciel est téléchargeable gratuitement.",
      "J'aime les pommes",
    ];
    for (const text of [...french.known, ...typed]) {
      expect(misfitOf(text, french), text).toBeNull();
    }
  });

  it("says that English is what it writes", () => {
    const english = [
      "I am a student.",
      "Where does he live?",
      "The cat sleeps on the table.",
      "The weather is nice today.",
      "good morning",
      "My computer broke down yesterday.",
      "Attention is all you need",
      "She bought three books.",
    ];
    for (const text of english) expect(misfitOf(text, french), text).toBe("target");
  });

  it("tells other languages by their pieces", () => {
    const others = [
      "Die Katze schläft auf dem Tisch.",
      "Wie spät ist es?",
      "El gato negro duerme en la mesa.",
      "Me gustan las manzanas.",
      "Il gatto nero dorme sul tavolo.",
      "asdf qwer zxcv",
    ];
    for (const text of others) expect(["other", "target"], text).toContain(misfitOf(text, french));
  });

  it("tells other scripts by their letters", () => {
    for (const text of ["我是学生。", "Я студент.", "私は学生です"]) {
      expect(misfitOf(text, french), text).toBe("letters");
    }
  });

  it("judges nothing by a word, a name, numbers or no words at all", () => {
    for (const text of [
      "",
      "Hello",
      "Anticonstitutionnellement",
      "3 4 5",
      "?!",
      "😀",
      "Tom Smith",
    ]) {
      expect(misfitOf(text, french), text).toBeNull();
    }
  });

  it("knows its target language even without texts to compare with", () => {
    const judge = { ...french, known: [] };
    expect(misfitOf("The cat sleeps on the table.", judge)).toBe("target");
    expect(misfitOf("Le chat noir dort sur la table.", judge)).toBeNull();
    expect(misfitOf("Il gatto nero dorme sul tavolo.", judge)).toBeNull();
  });
});

describe("a model of letters", () => {
  it("judges by letters alone", () => {
    for (const text of dates.known) expect(misfitOf(text, dates), text).toBeNull();
    expect(misfitOf("вторник", dates)).toBe("letters");
  });
});

describe("a model of Chinese", () => {
  const known = textsOf(chineseExamples);
  const piecesOf = (texts: readonly string[]): TextTokenizer => {
    const counts = new Map(texts.flatMap((text) => text.split(" ").map((word) => [word, 3])));
    return TextTokenizer.fromJson(learnTokenizer(counts, { kind: "bpe", size: 600 }), "pieces");
  };
  const english = textsOf(englishExamples);
  const toEnglish = { source: piecesOf([...known, "Tom abc"]), target: piecesOf(english), known };
  const toChinese = { source: toEnglish.target, target: toEnglish.source, known: english };

  it("finds nothing strange in Chinese, not in names, and tells English", () => {
    for (const text of known) expect(misfitOf(text, toEnglish), text).toBeNull();
    expect(misfitOf("Tom", toEnglish)).toBeNull();
    expect(misfitOf("Where is the station?", toEnglish)).not.toBeNull();
    expect(misfitOf("Я студент.", toEnglish)).toBe("letters");
  });

  it("is told apart as the target language by its characters", () => {
    for (const text of known) expect(misfitOf(text, toChinese), text).toBe("target");
    for (const text of english) expect(misfitOf(text, toChinese), text).toBeNull();
  });
});

it("a model of whole words judges by those it knows", () => {
  const counts = new Map(french.known.flatMap((text) => text.split(" ").map((word) => [word, 3])));
  const source = TextTokenizer.fromJson(
    learnTokenizer(counts, { kind: "word", size: 500, splitPunctuation: true }),
    "words",
  );
  const judge = { ...french, source, target: source };
  expect(misfitOf("Je ne sais pas le livre.", judge)).toBeNull();
  expect(misfitOf("The cat sleeps on the table.", judge)).not.toBeNull();
});
