/** @file A recipe: data to prepare, and the seq2see commands that train and evaluate a model. */

/** Options from the command line. */
export interface RecipeOptions {
  /** The folder for everything the recipe writes. */
  readonly work: string;
  /** A folder with the user's own corpora, if given. */
  readonly corpora?: string | undefined;
  /** The name of the corpus, if a recipe knows several. */
  readonly corpus?: string | undefined;
}

/** A seq2see command: its name and its options, as typed. */
export type Command = readonly string[];

/** Runs seq2see commands for evaluations beyond `seq2see evaluate`. */
export interface CommandRunner {
  /**
   * Runs a command whose output goes to the terminal; returns its exit status.
   *
   * @param label prefix of each output line, if several commands run at once.
   */
  run(command: Command, label?: string): Promise<number>;
  /** Runs a command and also returns its standard output. */
  capture(command: Command): Promise<{ readonly status: number; readonly output: string }>;
}

/** A training that one command reproduces. */
export interface Recipe {
  readonly name: string;
  /** Another name for it. */
  readonly alias?: string;
  /** One line for the list of recipes. */
  readonly summary: string;
  /** Suffix of the default work folder's name, so that each kind of data has its own folder. */
  variant?(options: Omit<RecipeOptions, "work">): string | undefined;
  /** The default of `--minutes`; null if `training` says when the run ends. */
  readonly minutes: number | null;
  /** Whether it reads corpora of the user, from the folder of `--corpora`. */
  readonly hasCorpora?: boolean;
  /** How many models train at once, with one thread each, to be used as an ensemble. Default: 1. */
  readonly members?: number;
  /** The origin of the data; a work folder holds data of one origin. */
  origin(options: RecipeOptions): string;
  /**
   * Writes the data into `paths.data(work)` and returns lines of summary.
   *
   * @throws UserError if the data are not available.
   */
  prepare(options: RecipeOptions): Promise<string[]>;
  /**
   * The options of `seq2see train`, without the options of a run (`--out`, `--minutes`, `--resume`) and
   * of a member (`--seed`, `--threads`).
   */
  training(options: RecipeOptions): Command;
  /** Makes what is shipped of the trained model; returns the exit status. */
  finish?(options: RecipeOptions, runner: CommandRunner): Promise<number>;
  /** The commands that evaluate the model, without `--model`. */
  evaluations(options: RecipeOptions): readonly Command[];
  /**
   * Measures what `seq2see evaluate` does not, and returns lines with the results.
   *
   * @param models the command-line options that select the trained models.
   */
  measure?(options: RecipeOptions, runner: CommandRunner, models: Command): Promise<string[]>;
}
