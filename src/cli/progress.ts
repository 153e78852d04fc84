/** @file What a training shows while it goes on. */

import type { EvaluationResult, TrainingProgress } from "../training/run/events.ts";
import { columnsOf, inPlace } from "./columns.ts";

/** Milliseconds between lines if the output is not a terminal. */
const slowInterval = 30_000;

/** Progress of a training: a line that is overwritten in a terminal, or occasional lines elsewhere. */
export class ProgressLine {
  private readonly isTerminal = process.stderr.isTTY === true;
  private last = Number.NEGATIVE_INFINITY;
  private rate = 0;
  private isOpen = false;

  /** Shows a step. */
  show(progress: TrainingProgress): void {
    // A running mean, because batches of long sentences are faster than batches of short ones.
    this.rate =
      this.rate === 0
        ? progress.tokensPerSecond
        : 0.95 * this.rate + 0.05 * progress.tokensPerSecond;
    const now = performance.now();
    if (now - this.last < (this.isTerminal ? 200 : slowInterval)) return;
    this.last = now;
    const line = progressText(progress, this.rate);
    if (this.isTerminal) {
      process.stderr.write(`\r\u001b[2K${line.slice(0, this.columns)}`);
      this.isOpen = true;
    } else {
      process.stderr.write(`${line}\n`);
    }
  }

  /** Writes a permanent line. */
  log(line: string): void {
    this.end();
    process.stderr.write(`${line}\n`);
  }

  /** Shows an evaluation and its translations; in a terminal each is one line. */
  showEvaluation(result: EvaluationResult): void {
    for (const line of evaluationLines(result)) {
      this.log(this.isTerminal ? shortened(line, this.columns) : line);
    }
  }

  /** Ends the overwritten line. */
  end(): void {
    if (this.isOpen) process.stderr.write("\n");
    this.isOpen = false;
  }

  private get columns(): number {
    return process.stderr.columns ?? 120;
  }
}

/** A step as a line. */
function progressText(progress: TrainingProgress, tokensPerSecond: number): string {
  const parts = [
    `epoch ${epochText(progress)}`,
    `step ${progress.step}`,
    `loss ${progress.loss.toFixed(3)}`,
    `perplexity ${progress.perplexity.toFixed(2)}`,
    `rate ${progress.learningRate.toPrecision(2)}`,
    `${Math.round(tokensPerSecond).toLocaleString("en")} tokens/s`,
    progress.secondsLeft === null
      ? `${duration(progress.seconds)} so far`
      : `${duration(progress.secondsLeft)} left`,
  ];
  return parts.join("  ");
}

/** An evaluation as lines: its numbers, then each translation with its source and reference. */
export function evaluationLines(result: EvaluationResult): string[] {
  const { sample, devPerplexity, devBleu } = result;
  const dev = devPerplexity === null ? "" : `  dev perplexity ${devPerplexity.toFixed(3)}`;
  const bleu = devBleu === null ? "" : `  dev ${bleuText(devBleu, result.bleuTokenizer)}`;
  const mark = result.isBest ? "  (kept)" : "";
  const numbers = `epoch ${epochText(result)}  step ${result.step}  ${duration(result.seconds)}  train perplexity ${result.trainPerplexity.toFixed(3)}${dev}${bleu}${devBleu === null ? scoreText(sample) : ""}${mark}`;
  const translations = sample?.translations ?? [];
  return [
    numbers,
    ...translations.flatMap(({ source, reference, output }) => [
      `    source     ${printable(source)}`,
      `    reference  ${printable(reference)}`,
      `    output     ${printable(output)}`,
    ]),
  ];
}

function bleuText(value: number, tokenizer = "13a"): string {
  return `BLEU ${value.toFixed(1)}${tokenizer === "13a" ? "" : ` (tok:${tokenizer})`}`;
}

function scoreText(sample: EvaluationResult["sample"]): string {
  if (sample === null) return "";
  const { metric, value, pairs, tokenizer } = sample.score;
  const score =
    metric === "bleu" ? bleuText(value, tokenizer) : `exact match ${value.toFixed(0)} %`;
  return `  ${score} of ${pairs} dev pairs`;
}

/** Completed epochs with one decimal, never rounded up: 1.96 epochs are 1.9. */
function epochText({
  epoch,
  epochPart,
}: {
  readonly epoch: number;
  readonly epochPart: number;
}): string {
  // Without the errors of sums: 9 of 30 batches are 0.3.
  return (Math.floor(10 * (epoch + epochPart) + 1e-9) / 10).toFixed(1);
}

/** A text without line breaks and what would control a terminal. */
function printable(text: string): string {
  return inPlace(text.replace(/\p{Cc}+/gu, " "));
}

/** The beginning of a line, with an ellipsis, where it has more columns than the terminal. */
function shortened(line: string, columns: number): string {
  if (columnsOf(line) <= columns) return line;
  let short = "";
  let width = 1;
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    width += columnsOf(segment);
    if (width > columns) break;
    short += segment;
  }
  return `${short}…`;
}

/** Formats seconds for people: `1 h 05 min`, `4 min 30 s`, `12 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}
