/** @file The reference of all options, from the rows that declare them. */

import { flagOf, flagSpelling } from "../src/cli/flagSpelling.ts";
import { ensembleOptions, translationOptions } from "../src/decoding/options.ts";
import { presets } from "../src/models/configuration.ts";
import { modelOptions } from "../src/models/options.ts";
import type { Option, OptionTable } from "../src/options/option.ts";
import { namesOf, takenBy, wanted } from "../src/options/option.ts";
import { spelled } from "../src/options/spelling.ts";
import { computeOptions, runtimeOptions } from "../src/runtime/options.ts";
import { tensorsOption } from "../src/trace/traceOptions.ts";
import { trainingOptions } from "../src/training/plan/options.ts";

interface Section {
  readonly title: string;
  readonly about: string;
  readonly table: OptionTable;
  /** Values of options without a default of their own. */
  readonly usual?: Readonly<Record<string, unknown>>;
}

const sections: readonly Section[] = [
  {
    title: "Training",
    about:
      "Options of `seq2see train`, of `train` in the library and of configuration files. A preset's recipe may change the defaults.",
    table: trainingOptions,
  },
  {
    title: "Models",
    about:
      "Options of `seq2see train`, of `model` in the options of `train`, and of configuration files. They change the preset; the defaults are those of `luong2015`.",
    table: modelOptions,
    usual: { ...presets["luong2015"] },
  },
  {
    title: "Translating",
    about:
      "Options of `seq2see translate` and, as far as they apply, of `evaluate`, `score` and `export`; of `translate` in the library; and of requests to the server.",
    table: {
      ...translationOptions,
      ...ensembleOptions,
      tensors: tensorsOption,
      ...runtimeOptions,
      ...computeOptions,
    },
  },
];

/** The page `docs/options.md`. */
export function optionsPage(): string {
  return `# Options

This page is generated from the tables that declare the options: \`npm run docs\`.

The command line spells an option as a flag, \`--learning-rate 0.1\`; the library, configuration files (\`--config\`), requests
to the server and traces spell it as a key, \`learningRate: 0.1\`. Configuration files also accept the flag's spelling.
\`--no-…\` sets a switch to \`false\`. An option without an effect is refused.

${sections.map(sectionText).join("\n\n")}

${otherNamesText()}
`;
}

/** What other tools call the options. */
function otherNamesText(): string {
  const parts = sections.map(({ title, table }) => {
    const lines = namesOf(table)
      .filter(({ otherNames = [] }) => otherNames.length > 0)
      .map(({ name, otherNames = [] }) => {
        const others = otherNames.map((other) => `\`${other}\``).join(", ");
        return `| \`${flagOf(name)}\` | ${others} |`;
      });
    return `### ${title}: other names\n\n| flag | other names |\n| --- | --- |\n${lines.join("\n")}`;
  });
  const about =
    "If you type an option as fairseq, OpenNMT-py, Joey NMT, Marian, tensorflow/nmt or Hugging Face name it, on the command line, in a\nconfiguration file, in the library or in a request, the error says the name here. Dashes, underscores and upper case do not matter.";
  return ["## Names in other tools", about, ...parts].join("\n\n");
}

function sectionText({ title, about, table, usual = {} }: Section): string {
  const rows = Object.entries(table).filter(([, { isDerived }]) => !isDerived);
  const groups = [...new Set(rows.map(([, { group }]) => group))];
  const tables = groups.map((group) => {
    const lines = rows
      .filter(([, row]) => row.group === group)
      .map(([key, row]) => rowText(key, row, usual[key]));
    return `### ${group}\n\n| flag | key | value | default | |\n| --- | --- | --- | --- | --- |\n${lines.join("\n")}`;
  });
  return [`## ${title}`, about, ...tables].join("\n\n");
}

function rowText(key: string, row: Option, usual: unknown): string {
  const { schema, argument, help, helpOff, use = [] } = row;
  const { isSwitch } = takenBy(schema);
  const flag = isSwitch ? flagOf(key) : `${flagOf(key)} <${argument}>`;
  const off = helpOff === undefined ? [] : [`\`--no-${flagOf(key).slice(2)}\`: ${helpOff}`];
  const problems = [use].flat().map(({ problem }) => problem);
  const refusal =
    problems.length === 0 ? "" : `. Refused where it has no effect: ${problems.join("; or ")}.`;
  const cells = [
    `\`${flag}\``,
    `\`${key}\``,
    isSwitch ? "yes or no" : wanted(schema).replace(/^give /, ""),
    defaultOf(row, usual),
    spelled(`${[help, ...off].join("; ")}${refusal}`, flagSpelling).replaceAll("<", "&lt;"),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function defaultOf({ default: value, defaultText }: Option, usual: unknown): string {
  if (defaultText !== undefined) return spelled(defaultText, flagSpelling);
  const known = value ?? usual;
  if (typeof known === "boolean") return known ? "yes" : "no";
  return known === undefined ? "" : `\`${String(known)}\``;
}
