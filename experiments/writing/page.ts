/** @file The pages of docs/results: one for each experiment, and the list of all experiments. */

import { markdownTable } from "./markdown.ts";
import type { Report } from "./report.ts";

/** The subject of an experiment. */
export interface About {
  readonly name: string;
  readonly title: string;
  /** The paper's claim, in a full sentence. */
  readonly claim: string;
  readonly paper: { readonly label: string; readonly address: string };
}

/** The duration and number of trainings. */
export interface Budget {
  readonly minutes: number;
  readonly seeds: number;
}

/** How a page's results were obtained. */
export interface Circumstances {
  readonly command: string;
  readonly machine: string;
  /** As 2026-01-31. */
  readonly date: string;
  /** Simultaneous trainings, and threads of each. */
  readonly jobs: number;
  readonly threads: number;
  /** The actual and the intended budget; null if an experiment trains nothing. */
  readonly given: Budget | null;
  readonly intended: Budget | null;
}

/** The file name of a figure. */
export function figureFile(name: string, figure: string): string {
  return `${name}-${figure}.svg`;
}

/** Formats the page of an experiment. */
export function resultPage(about: About, report: Report, made: Circumstances): string {
  const { title, claim, paper, name } = about;
  const { verdict, data, tables, figures, notes } = report;
  const sections = [
    `# ${title}`,
    `**Claim.** ${claim} ([${paper.label}](${paper.address}))`,
    `**Verdict: ${verdict.outcome}.** ${verdict.reason}`,
    ...smallerBudget(made),
    ...figures.map((figure) => `![${figure.alternative}](${figureFile(name, figure.name)})`),
    ...tables.map(markdownTable),
    "## Data",
    ...data,
    "## How to reproduce",
    howMade(made),
    ...(notes.length > 0 ? ["## Notes", ...notes] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

function smallerBudget({ given, intended }: Circumstances): string[] {
  if (!given || !intended) return [];
  const isSmaller = given.minutes < intended.minutes || given.seeds < intended.seeds;
  if (!isSmaller) return [];
  return [
    `**A smaller budget than intended:** ${budgetText(given)} instead of ${budgetText(intended)}. Read the numbers as a trial.`,
  ];
}

function budgetText({ minutes, seeds }: Budget): string {
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"} per training and ${seeds} ${seeds === 1 ? "seed" : "seeds"}`;
}

function howMade({ command, machine, date, jobs, threads, given }: Circumstances): string {
  return [
    `    ${command}`,
    "",
    `- ${date}, ${machine}`,
    given
      ? `- ${jobs} ${jobs === 1 ? "training" : "trainings"} at once with ${threads} ${threads === 1 ? "thread" : "threads"} each; minutes are a thread's processor time`
      : `- ${threads} ${threads === 1 ? "thread" : "threads"}`,
    given
      ? `- ${budgetText(given)}, the same for every side; \`experiments/papers\` has their other options`
      : "- nothing was trained",
  ].join("\n");
}

/** An experiment's line in the list, with the verdict of its page if it has one. */
export interface ListedResult {
  readonly about: About;
  /** The text of its page; null if it has not run. */
  readonly page: string | null;
}

/** Formats the list of all results. */
export function resultList(results: readonly ListedResult[]): string {
  const rows = results.map(({ about, page }) => [
    page === null ? `\`${about.name}\`` : `[\`${about.name}\`](${about.name}.md)`,
    about.claim,
    `[${about.paper.label}](${about.paper.address})`,
    page === null ? "not run yet" : verdictOf(page),
  ]);
  return [
    "# Results of the experiments",
    "",
    "Each page is written by `npm run experiments -- NAME` ([experiments.md](../experiments.md)) from the measurements of that run.",
    "",
    markdownTable({ caption: "Experiments", head: ["name", "claim", "paper", "verdict"], rows }),
    "",
  ].join("\n");
}

function verdictOf(page: string): string {
  const outcome = /^\*\*Verdict: (.+?)\.\*\*/m.exec(page)?.[1] ?? "unknown";
  return /^\*\*A smaller budget/m.test(page) ? `${outcome}, on a smaller budget` : outcome;
}
