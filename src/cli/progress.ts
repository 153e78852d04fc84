import type { EvaluationResult, TrainingProgress } from "../training/run/events.ts";

/** Milliseconds between lines if the output is not a terminal. */
const slowInterval = 30_000;

/** Progress of a training: a line that is overwritten in a terminal, or occasional lines elsewhere. */
export class ProgressLine {
  private readonly isTerminal = process.stderr.isTTY === true;
  private last = 0;
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
    const parts = [
      `epoch ${(progress.epoch + progress.epochPart).toFixed(2)}`,
      `step ${progress.step}`,
      `loss ${progress.loss.toFixed(3)}`,
      `perplexity ${progress.perplexity.toFixed(2)}`,
      `rate ${progress.learningRate.toPrecision(2)}`,
      `${Math.round(this.rate).toLocaleString("en")} tokens/s`,
      progress.secondsLeft === null
        ? `${duration(progress.seconds)} so far`
        : `${duration(progress.secondsLeft)} left`,
    ];
    const line = parts.join("  ");
    if (this.isTerminal) {
      process.stderr.write(`\r\u001b[2K${line.slice(0, process.stderr.columns ?? 120)}`);
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

  /** Shows an evaluation. */
  showEvaluation(result: EvaluationResult): void {
    const dev =
      result.devPerplexity === null ? "" : `  dev perplexity ${result.devPerplexity.toFixed(3)}`;
    const tokenizer = result.bleuTokenizer ?? "13a";
    const parted = tokenizer === "13a" ? "" : ` (tok:${tokenizer})`;
    const bleu = result.devBleu === null ? "" : `  dev BLEU ${result.devBleu.toFixed(1)}${parted}`;
    const mark = result.isBest ? "  (kept)" : "";
    this.log(
      `epoch ${result.epoch}  step ${result.step}  ${duration(result.seconds)}  train perplexity ${result.trainPerplexity.toFixed(3)}${dev}${bleu}${mark}`,
    );
  }

  /** Ends the overwritten line. */
  end(): void {
    if (this.isOpen) process.stderr.write("\n");
    this.isOpen = false;
  }
}

/** Formats seconds for people: `1 h 05 min`, `4 min 30 s`, `12 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}
