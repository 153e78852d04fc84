import { basename } from "node:path";
import { readCard } from "../../src/modelFolder/nodeModelFolder.ts";
import { UserError } from "../../src/tensor/errors.ts";
import type { AnalogyScore } from "../../src/vectors/analogies.ts";
import { scoreAnalogies } from "../../src/vectors/analogies.ts";
import { analogySections } from "../data/analogyQuestions.ts";
import { modelRows, vectorRows, vectorsOf, type WordRows } from "../running/embeddingTables.ts";
import type { Context, Experiment } from "../running/experiment.ts";
import { barChart } from "../writing/barChart.ts";
import type { Report, Verdict } from "../writing/report.ts";

/** The answers of a set of vectors, by section. */
export interface Answers {
  readonly label: string;
  readonly scores: readonly AnalogyScore[];
}

/** Correct answers in percent of the questions; NaN without questions. */
export function accuracy(scores: readonly AnalogyScore[]): number {
  const sum = (key: "correct" | "asked"): number =>
    scores.reduce((total, score) => total + score[key], 0);
  return (100 * sum("correct")) / sum("asked");
}

/** The verdict's rule: more than half correct, and half as many again as the other embeddings. */
export function analogyVerdict(pretrained: Answers, own: Answers, words: number): Verdict {
  const [first, second] = [accuracy(pretrained.scores), accuracy(own.scores)];
  const holds = first >= 50 && first > 1.5 * second;
  return {
    outcome: holds ? "reproduced" : "not at this size",
    reason: `Of the same questions, with the same ${words.toLocaleString("en-US")} words to choose from, the pretrained vectors answer ${first.toFixed(1)} % and the translation model's own embeddings ${second.toFixed(1)} % (guessing: ${(100 / words).toFixed(2)} %). Half of them right, and half as many again as the model's, counts as reproduced.`,
  };
}

async function answersOf(
  label: string,
  rows: WordRows,
  words: readonly string[],
  threads: number,
): Promise<Answers> {
  const known = new Set(words);
  const vectors = await vectorsOf(rows, words, threads);
  try {
    const sections = analogySections((word) => known.has(word));
    return { label, scores: await scoreAnalogies(vectors, sections) };
  } finally {
    await vectors.release();
  }
}

/** A share of correct answers as "12.3 % (4 of 32)". */
function share(scores: readonly AnalogyScore[]): string {
  const asked = scores.reduce((sum, score) => sum + score.asked, 0);
  if (asked === 0) return "–";
  const correct = scores.reduce((sum, score) => sum + score.correct, 0);
  return `${accuracy(scores).toFixed(1)} % (${correct} of ${asked})`;
}

async function run(context: Context): Promise<Report> {
  const { vectors, model, threads, log } = context;
  log(`reading ${vectors} and ${model}`);
  const [pretrained, own] = [await vectorRows(vectors), await modelRows(model)];
  const common = [...pretrained.keys()].filter((word) => own.has(word));
  const commonWords = new Set(common);
  const sections = analogySections((word) => commonWords.has(word));
  if (sections.every(({ questions }) => questions.length === 0)) {
    throw new UserError(
      `--vectors ${vectors}: it shares no words of the questions with ${model}; give vectors of English words.`,
    );
  }
  const [names, modelName] = [basename(vectors), basename(model)];
  const labels = { file: `pretrained (${names})`, model: `embeddings of ${modelName}` };
  log(`asking both with the ${common.length} words they have in common`);
  const fromFile = await answersOf(labels.file, pretrained, common, threads);
  const fromModel = await answersOf(labels.model, own, common, threads);
  log("asking the pretrained vectors with all their words");
  const alone = await answersOf(labels.file, pretrained, [...pretrained.keys()], threads);
  const card = await readCard(model);
  const trainedOn = card ? `, trained on ${card.data.map(({ name }) => name).join(" and ")}` : "";
  const asked = fromFile.scores.filter((score) => score.asked > 0);
  const of = ({ scores }: Answers, name: string): AnalogyScore[] =>
    scores.filter((score) => score.name === name);
  const isShipped = names === "vectors";
  return {
    data: [
      `Questions of our own (\`experiments/data/analogyQuestions.ts\`), in sections modelled on those of Mikolov et al.; free to use with the project. Only questions whose four words both sides know are asked.`,
      `Pretrained: \`${names}\`, ${pretrained.size.toLocaleString("en-US")} words${isShipped ? ", the vectors that come with the project: GloVe (Pennington, Socher and Manning 2014), Public Domain Dedication and License 1.0 ([vectors.md](../vectors.md))" : ""}. Compared with: the target embeddings of the model \`${modelName}\`, ${own.size.toLocaleString("en-US")} whole words${trainedOn}. ${common.length.toLocaleString("en-US")} words are in both.`,
    ],
    tables: [
      {
        caption: "Correct answers; the first two choose among the words that both sides have",
        head: [
          "section",
          fromFile.label,
          fromModel.label,
          "pretrained, all its words and questions",
        ],
        rows: [
          ...alone.scores.map(({ name }) => [
            name,
            ...[fromFile, fromModel, alone].map((answers) => share(of(answers, name))),
          ]),
          ["all", ...[fromFile, fromModel, alone].map(({ scores }) => share(scores))],
        ],
      },
    ],
    figures: [
      {
        name: "accuracy",
        svg: barChart({
          title: "Analogies answered",
          unit: "percent right, of the same questions",
          digits: 1,
          most: 100,
          bars: [
            ...asked.flatMap(({ name }) => [
              { label: `${name}, pretrained`, values: [accuracy(of(fromFile, name))], group: 0 },
              { label: `${name}, model`, values: [accuracy(of(fromModel, name))], group: 1 },
            ]),
            { label: "all, pretrained", values: [accuracy(fromFile.scores)], group: 0 },
            { label: "all, model", values: [accuracy(fromModel.scores)], group: 1 },
          ],
        }),
        alternative:
          "Bars of the share of analogies answered by each, by section; the table has the numbers",
      },
    ],
    verdict: analogyVerdict(fromFile, fromModel, common.length),
    notes: [
      "“a is to b as c is to what?” is answered by the word nearest to b − a + c by cosine, excluding a, b and c (3CosAdd). Excluding them matters: otherwise the answer is often c.",
      "With fewer words to choose from, more answers are correct: compare numbers within a row, not with the paper.",
      "The comparison with a translation model is ours, not the paper's. Its embeddings were learned from far less text, and only for translation.",
    ],
  };
}

/** Mikolov et al. (2013), section 4. */
export const analogies: Experiment = {
  about: {
    name: "analogies",
    title: "Analogies of word vectors",
    claim:
      "Word vectors learned from large amounts of text answer “a is to b as c is to what?” by addition and subtraction.",
    paper: { label: "Mikolov et al. 2013, §4", address: "https://arxiv.org/abs/1301.3781" },
  },
  intended: null,
  trainings: 0,
  run,
};
