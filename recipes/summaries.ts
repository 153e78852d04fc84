import { corpusRouge } from "../src/evaluation/rouge.ts";
import { UserError } from "../src/tensor/errors.ts";
import { fetchDescriptions } from "./debianIndex.ts";
import type { Description } from "./descriptions.ts";
import { isWorthASummary, leadOf, parseDescriptions } from "./descriptions.ts";
import type { Recipe } from "./recipe.ts";
import { partsOfPackages } from "./relatedPackages.ts";
import { count, percent, type Row, type SetName, type Split, writeSplit } from "./tables.ts";
import { paths } from "./workFolder.ts";

/** The number of words of the long text that a model reads. */
const words = 60;
const shares = { dev: 0.04, test: 0.06 };

/** Descriptions of Debian packages to their synopses. */
export const summaries: Recipe = {
  name: "summaries",
  summary: "descriptions of Debian packages to their synopses, from apt's index",
  minutes: 90,
  origin: () => "Debian's package index",
  async prepare({ work }) {
    const split = summaryRows(parseDescriptions(await fetchDescriptions(work)));
    await writeSplit(work, split);
    return [...summaryOf(split), leadFigure(split.test)];
  },
  training: ({ work }) => [
    "--data",
    paths.table(work, "train"),
    "--dev",
    paths.table(work, "dev"),
    "--tokenizer",
    "bpe:8000",
    "--lowercase",
    "--max-length",
    "130",
    "--hidden",
    "384",
    "--embedding",
    "256",
    "--dropout",
    "0.3",
    "--label-smoothing",
    "0.1",
    "--average",
    "0.97",
    "--evaluate-every",
    "epoch",
    "--patience",
    "0",
  ],
  evaluations: ({ work }) => [
    [
      "evaluate",
      "--data",
      paths.table(work, "test"),
      "--metrics",
      "rouge",
      "--lowercase",
      "--beam",
      "5",
      "--no-repeat-ngram",
      "3",
    ],
  ],
};

/**
 * Rows of the start of the long text and the synopsis. A package in several suites counts once, and so do
 * packages with the same description.
 *
 * @throws UserError if there are hardly any: apt then uses another language, or has few sources.
 */
export function summaryRows(descriptions: readonly Description[], least = 1000): Split<Row> {
  const byName = new Map<string, Description>();
  for (const description of descriptions.filter(isWorthASummary)) {
    if (!byName.has(description.name)) byName.set(description.name, description);
  }
  if (byName.size < least) {
    throw new UserError(
      `The index has only ${byName.size} packages with a long description; check the sources of apt.`,
    );
  }
  const parts = partsOfPackages([...byName.values()], shares);
  const rows: Record<SetName, Map<string, Row>> = {
    train: new Map(),
    dev: new Map(),
    test: new Map(),
  };
  for (const [description, part] of parts) {
    const row = [leadOf(description, words), description.synopsis] as const;
    rows[part].set(row.join("\t").toLowerCase(), row);
  }
  return {
    train: [...rows.train.values()],
    dev: [...rows.dev.values()],
    test: [...rows.test.values()],
  };
}

function summaryOf(split: Split<Row>): string[] {
  return Object.entries(split).map(([set, rows]) => `${set}: ${count(rows.length)} descriptions`);
}

/** The score of the first words of each text, as many as synopses have: the baseline for a model. */
function leadFigure(rows: readonly Row[]): string {
  const lengths = rows.map(([, synopsis]) => synopsis.split(" ").length);
  const mean = Math.round(lengths.reduce((sum, length) => sum + length, 0) / rows.length);
  const leads = rows.map(([text]) => text.split(" ").slice(0, mean).join(" "));
  const rouge = corpusRouge(leads, [rows.map(([, synopsis]) => synopsis)]);
  const [one, two, longest] = [rouge.rouge1, rouge.rouge2, rouge.rougeL].map(percent);
  return `the first ${mean} words as the synopsis of test: ROUGE 1 = ${one}, 2 = ${two}, L = ${longest}`;
}
