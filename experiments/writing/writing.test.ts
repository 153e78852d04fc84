import { describe, expect, test } from "vitest";
import { barChart } from "./barChart.ts";
import { lineChart } from "./lineChart.ts";
import { markdownTable } from "./markdown.ts";
import { meanText, signed, ticks } from "./numbers.ts";
import { type About, type Circumstances, resultList, resultPage } from "./page.ts";
import type { Report } from "./report.ts";

/** Whether every element that is opened is closed, in the right order. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  for (const [, end, name, rest] of xml.matchAll(/<(\/?)([a-z]+)((?:"[^"]*"|[^">])*)>/gi)) {
    if (rest?.endsWith("/")) continue;
    if (end !== "/") open.push(name as string);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

describe("numbers", () => {
  test("several runs are a mean with each of them, one run is itself", () => {
    expect(meanText([33.94, 34.46], 1)).toBe("34.2 (33.9, 34.5)");
    expect(meanText([2], 2)).toBe("2.00");
  });
  test("what was not measured is a dash", () => {
    expect([meanText([], 1), meanText([Number.NaN], 1)]).toEqual(["–", "–"]);
  });
  test("differences have a sign", () => {
    expect([signed(1.25, 1), signed(-0.31, 1)]).toEqual(["+1.3", "−0.3"]);
  });
  test("scales have round steps that hold both ends", () => {
    expect(ticks(0, 43)).toEqual([0, 10, 20, 30, 40, 50]);
    expect(ticks(0, 0.7)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(ticks(-3, 12)).toEqual([-5, 0, 5, 10, 15]);
    expect(ticks(0, 0)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });
});

describe("charts", () => {
  const bars = [
    { label: 'with "attention" & <more>', values: [30, 34] },
    { label: "without", values: [20, 20] },
  ];
  const bar = barChart({ title: "A & B", unit: "BLEU", bars, digits: 1 });
  const line = lineChart({
    title: "By length",
    places: ["1-5", "6-10", "11+"],
    horizontal: "words",
    vertical: "BLEU",
    series: [
      { label: "with", values: [30, 20, 40] },
      { label: "without", values: [30, null, 10] },
    ],
  });

  test("are well-formed and tell in words what they show", () => {
    for (const svg of [bar, line]) {
      expect(isWellFormed(svg)).toBe(true);
      expect(svg).toContain('role="img" aria-labelledby="title description"');
    }
    expect(bar).toContain('<title id="title">A &amp; B</title>');
    expect(bar).toContain("with &quot;attention&quot; &amp; &lt;more&gt;: 32.0; without: 20.0.");
    expect(line).toContain("without: 1-5: 30.0, 6-10: none, 11+: 10.0.");
  });
  test("have colours for light pages and for dark ones", () => {
    for (const svg of [bar, line]) expect(svg).toContain("@media (prefers-color-scheme: dark)");
  });
  test("bars are as long as their means, and each run has its mark", () => {
    const widths = [...bar.matchAll(/<rect class="fill0" x="[\d.]+" y="[\d.]+" width="([\d.]+)"/g)];
    const [first, second] = widths.map(([, width]) => Number(width)) as [number, number];
    expect(first / second).toBeCloseTo(32 / 20, 2);
    expect(bar.match(/<circle/g)).toHaveLength(4);
  });
  test("a line is broken where there is no value", () => {
    expect(line.match(/<polyline/g)).toHaveLength(3);
  });
  test("what cannot be drawn is refused", () => {
    const wrong = [{ label: "a", values: [Number.NaN] }];
    expect(() => barChart({ title: "A", unit: "", bars: wrong, digits: 1 })).toThrow(/no length/);
    expect(() => barChart({ title: "A", unit: "", bars: [], digits: 1 })).toThrow(RangeError);
    const chart = { title: "A", places: ["1"], horizontal: "", vertical: "" };
    expect(() => lineChart({ ...chart, series: [] })).toThrow(/no numbers/);
    expect(() => lineChart({ ...chart, series: [{ label: "a", values: [1, 2] }] })).toThrow(
      /place/,
    );
  });
});

test("a table keeps its cells apart whatever is in them", () => {
  const table = { caption: "Words", head: ["a", "b"], rows: [["x|y", "two\nlines"]] };
  expect(markdownTable(table)).toBe("Words:\n\n| a | b |\n| --- | --- |\n| x\\|y | two lines |");
  expect(() => markdownTable({ ...table, rows: [["x"]] })).toThrow(/1 cells .* 2 heads/);
});

describe("a page", () => {
  const about: About = {
    name: "trial",
    title: "A trial",
    claim: "It works.",
    paper: { label: "Nobody 2014", address: "https://example.org/paper" },
  };
  const report: Report = {
    data: ["Some pairs."],
    tables: [],
    notes: ["Take care."],
    figures: [{ name: "bleu", svg: "<svg/>", alternative: "bars" }],
    verdict: { outcome: "reproduced", reason: "It was better." },
  };
  const made: Circumstances = {
    command: "npm run experiments -- trial",
    machine: "2 cores of a machine",
    jobs: 2,
    threads: 1,
    date: "2026-01-31",
    given: { minutes: 15, seeds: 2 },
    intended: { minutes: 15, seeds: 2 },
  };
  const page = resultPage(about, report, made);

  test("says what was claimed, what came out, of what and how", () => {
    for (const part of [
      "# A trial\n",
      "**Claim.** It works. ([Nobody 2014](https://example.org/paper))",
      "**Verdict: reproduced.** It was better.",
      "![bars](trial-bleu.svg)",
      "## Data\n\nSome pairs.",
      "    npm run experiments -- trial\n",
      "- 2026-01-31, 2 cores of a machine\n- 2 trainings at once with 1 thread each; minutes are a",
      "processor time\n- 15 minutes per training and 2 seeds",
      "## Notes\n\nTake care.",
    ]) {
      expect(page).toContain(part);
    }
    expect(page).not.toContain("smaller budget");
  });
  test("says so if it had less time or fewer seeds than intended", () => {
    const less = resultPage(about, report, { ...made, given: { minutes: 1, seeds: 1 } });
    expect(less).toContain(
      "**A smaller budget than intended:** 1 minute per training and 1 seed instead of 15 minutes per training and 2 seeds.",
    );
  });
  test("gives its verdict to the list of results", () => {
    const less = resultPage(about, report, { ...made, given: { minutes: 1, seeds: 2 } });
    const line = (text: string | null): string | undefined =>
      resultList([{ about, page: text }])
        .split("\n")
        .find((each) => each.includes("trial"));
    const claim = "It works. | [Nobody 2014](https://example.org/paper)";
    expect(line(page)).toBe(`| [\`trial\`](trial.md) | ${claim} | reproduced |`);
    expect(line(less)).toContain("| reproduced, on a smaller budget |");
    expect(line(null)).toBe(`| \`trial\` | ${claim} | not run yet |`);
  });
});
