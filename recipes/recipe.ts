/** @file What a recipe is: data to prepare, and the seq2see commands that train on it and measure the model. */

/** What was asked for on the command line. */
export interface RecipeOptions {
  /** The folder that everything is written to. */
  readonly work: string;
  /** A folder with corpora that the user has; undefined unless given. */
  readonly corpora?: string | undefined;
  /** Which of the corpora, where a recipe knows several. */
  readonly corpus?: string | undefined;
}

/** A seq2see command: its name and its options, as they are typed. */
export type Command = readonly string[];

/** Runs seq2see commands for a measurement that takes more than `seq2see evaluate`. */
export interface CommandRunner {
  /**
   * Runs a command whose output goes to the terminal; yields its exit status.
   *
   * @param label begins each line of the output, where several commands run at once.
   */
  run(command: Command, label?: string): Promise<number>;
  /** Runs a command and yields its standard output as well. */
  capture(command: Command): Promise<{ readonly status: number; readonly output: string }>;
}

/** A training that can be repeated with one command. */
export interface Recipe {
  readonly name: string;
  /** One line for the list of recipes. */
  readonly summary: string;
  /** What is added to the name of the work folder unless one is given, so that each kind of data has its own. */
  variant?(options: Omit<RecipeOptions, "work">): string | undefined;
  /** How long it trains unless `--minutes` says otherwise. */
  readonly minutes: number;
  /** How many models are trained at once, with one thread each, and asked together; 1 unless given. */
  readonly members?: number;
  /** What the data are made from; a work folder holds data of one origin. */
  origin(options: RecipeOptions): string;
  /**
   * Writes the data into `paths.data(work)` and yields lines that sum them up.
   *
   * @throws UserError if the data cannot be had.
   */
  prepare(options: RecipeOptions): Promise<string[]>;
  /**
   * The options of `seq2see train`, without those of the run (`--out`, `--minutes`, `--resume`) and
   * of a member (`--seed`, `--threads`).
   */
  training(options: RecipeOptions): Command;
  /** The commands that measure the model, without `--model`. */
  evaluations(options: RecipeOptions): readonly Command[];
  /**
   * Measures what `seq2see evaluate` does not, and yields lines that say it.
   *
   * @param models the options of a command that asks the trained models.
   */
  measure?(options: RecipeOptions, runner: CommandRunner, models: Command): Promise<string[]>;
}
