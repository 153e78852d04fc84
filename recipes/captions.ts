import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { UserError } from "../src/tensor/errors.ts";
import { emojiPackages, emojiPictures, pictureFolder } from "./emojiPictures.ts";
import type { NamedPicture } from "./pictureSplit.ts";
import type { Command, CommandRunner, Recipe } from "./recipe.ts";
import {
  type CardNotes,
  noteResults,
  type PairOptions,
  type ShippedCard,
  ship,
  writeCard,
} from "./shipped.ts";
import { count, percent, type Row, writeTable } from "./tables.ts";
import { shareAmongBest } from "./topMatches.ts";
import { paths, writeText } from "./workFolder.ts";

/** Raised with every change that makes another model. */
const version = 1;
const name = "studio/captions";

/** The evaluation sets. */
const measured = ["tones", "roles"] as const;
type Measured = (typeof measured)[number];
const best = 5;

/** Where the pictures of the card lie in a model's folder. */
const exampleFolder = "examples";
/** The pictures that a page begins with, and their files in the package; all but the last two are of the evaluation sets. */
export const exampleFiles = {
  "woman-scientist": "1f469-1f3fb-200d-1f52c",
  "man-student": "1f468-1f3fe-200d-1f393",
  "woman-construction-worker": "1f477-1f3fc-200d-2640-fe0f",
  "person-biking": "1f6b4-1f3fe",
  "woman-artist": "1f469-1f3ff-200d-1f3a8",
  "man-in-motorized-wheelchair": "1f468-1f3fb-200d-1f9bc-200d-27a1-fe0f",
  "woman-police-officer": "1f46e-1f3fe-200d-2640-fe0f",
  "couple-with-heart": "1f491-1f3fc",
  "folded-hands": "1f64f-1f3fc",
  "smiling-cat": "1f63b",
  rocket: "1f680",
} as const;

/** Emoji pictures to their names, evaluated on new combinations of known parts. */
export const captions: Recipe = {
  name,
  alias: "captions",
  summary: "emoji pictures (Twemoji, from npm) to their names: a model of the studio",
  minutes: null,
  origin: () => `${emojiPackages.join(", ")} for ${name}, version ${version}`,
  async prepare({ work }) {
    const pictures = await emojiPictures(work);
    const lines: string[] = [];
    const to = relative(paths.data(work), pictures.folder);
    for (const [set, members] of Object.entries(pictures.split) as [string, NamedPicture[]][]) {
      const rows = members.flatMap(({ file, names: own }) =>
        own.map((each): Row => [join(to, file), each]),
      );
      await writeTable(work, set, rows);
      await writeText(listOf(work, set), members.map(({ file }) => `${join(to, file)}\n`).join(""));
      lines.push(`${set}: ${count(members.length)} pictures with ${count(rows.length)} names`);
    }
    return lines;
  },
  training: ({ work }) => [
    ...["--data", paths.table(work, "train"), "--dev", paths.table(work, "dev")],
    ...["--preset", "xu2015", "--patches", "8", "--tokenizer", "word:2000:split"],
    ...["--hidden", "256", "--embedding", "128", "--dropout", "0.2", "--average", "0.9"],
    ...["--batch", "64", "--learning-rate", "0.002", "--schedule", "warmup:100+plateau:0.5:3"],
    ...["--steps", "9240", "--evaluate-every", "200"],
    ...["--patience", "0", "--keep-best", "perplexity"],
  ],
  async finish({ work }, runner) {
    await copyExamples(work);
    const card = await cardOf(work);
    await writeCard(work, card);
    // Scores by length are of sentences; pictures have none.
    const shipped = await ship(work, { compared: setOf(work, "tones"), recorded: [] }, runner);
    if (shipped !== 0) return shipped;
    const shares = await sharesOf(work, ["--model", paths.exported(work)], runner);
    await noteResults(work, card, resultNotes(shares));
    return 0;
  },
  evaluations: ({ work }) =>
    measured.map((set) => ["evaluate", ...setOf(work, set), "--metrics", "exact,wer"]),
  async measure({ work }, runner, models) {
    const shares = await sharesOf(work, models, runner);
    return shares.map(
      ({ set, share, pictures }) =>
        `${set}: the correct name is among the ${best} best for ${percent(share)} of ${count(pictures)} pictures`,
    );
  },
};

const listOf = (work: string, set: string): string => join(paths.data(work), `${set}.pictures`);
const setOf = (work: string, set: Measured): PairOptions => ["--data", paths.table(work, set)];

/** Puts the pictures that the card names beside the trained model, where the export takes them from. */
async function copyExamples(work: string): Promise<void> {
  const from = await pictureFolder(work);
  const to = join(paths.model(work), exampleFolder);
  await mkdir(to, { recursive: true });
  for (const [example, file] of Object.entries(exampleFiles)) {
    await copyFile(join(from, `${file}.png`), join(to, `${example}.png`));
  }
}

/** How often the correct name of a set's pictures is among the best. */
interface SetShare {
  readonly set: Measured;
  readonly share: number;
  readonly pictures: number;
}

/** @param models the command-line options that select the models. */
async function sharesOf(
  work: string,
  models: Command,
  runner: CommandRunner,
): Promise<readonly SetShare[]> {
  const shares: SetShare[] = [];
  for (const set of measured) {
    const input = listOf(work, set);
    const search = ["--beam", String(best), "--n-best", String(best)];
    const translated = ["translate", ...models, "--input", input, ...search];
    const { status, output } = await runner.capture(translated);
    if (status !== 0) throw new UserError(`The pictures of ${input} could not be captioned.`);
    const answers = (await rowsOf(work, set)).map(([, answer]) => answer);
    shares.push({ set, share: shareAmongBest(output, answers), pictures: answers.length });
  }
  return shares;
}

async function rowsOf(work: string, set: string): Promise<Row[]> {
  const table = await readFile(paths.table(work, set), "utf8");
  const lines = table.trimEnd().split("\n");
  return lines.map((line) => line.split("\t") as unknown as Row);
}

async function cardOf(work: string): Promise<ShippedCard> {
  const rows = await rowsOf(work, "train");
  const pictures = new Set(rows.map(([file]) => file)).size;
  const [emoji, ...names] = emojiPackages;
  return {
    recipe: name,
    version,
    title: "Emoji → their names",
    languages: { source: "pictures of 64×64 pixels", target: "English" },
    data: [
      {
        name: `${count(pictures)} pictures of Twemoji (the npm package ${emoji}), without flags and new combinations`,
        licence: "CC-BY 4.0",
        attribution: "Twemoji, Twitter, Inc. and other contributors",
        pairs: rows.length,
      },
      {
        name: `Names from CLDR (the npm packages ${names.join(", ")})`,
        licence: "Unicode-3.0",
        attribution: "Unicode, Inc.",
        pairs: rows.length,
      },
    ],
    notes: "Show, attend and tell on patches of 8×8 pixels.",
    pictures: Object.keys(exampleFiles).map((example) => `${exampleFolder}/${example}.png`),
    chinese: {
      title: "表情符号 → 它的名称",
      languages: { source: "64×64 像素的图片", target: "英语" },
      notes: "“Show, attend and tell”的做法，图像块为 8×8 像素。",
    },
  };
}

/** What the card says of the copy's results. */
function resultNotes(shares: readonly SetShare[]): CardNotes {
  const all = shares.reduce((sum, { pictures }) => sum + pictures, 0);
  const found = shares.reduce((sum, { share, pictures }) => sum + share * pictures, 0);
  const shareOf = (set: Measured): number =>
    shares.find((each) => each.set === set)?.share ?? Number.NaN;
  const [tones, roles] = [percent(shareOf("tones")), percent(shareOf("roles"))];
  const [whole, tight] = [percent(found / all), (text: string) => text.replace(" %", "%")];
  return {
    notes: `Of ${all} pictures that combine known parts in a new way the right name is among the five best of ${whole}: of ${tones} where the skin tone is new for the figure, of ${roles} where the gender is. All example pictures but the cat and the rocket are such combinations.`,
    chinese: `有 ${all} 张图片用新的方式组合了见过的部件，其中 ${tight(whole)} 的正确名称在前五个结果之中：肤色对这个人物来说是新的时为 ${tight(tones)}，性别是新的时为 ${tight(roles)}。除了猫和火箭，示例图片都是这样的新组合。`,
  };
}
