import type { Tensor } from "../graph/tensor.ts";
import { emitModel } from "../onnx/emit.ts";
import type { NamedValues, Program, Runtime } from "../runtime/runtime.ts";
import { counted } from "../tensor/counted.ts";
import { ShapeError, UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf, tensorValue } from "../tensor/value.ts";
import { spaceMark } from "../text/tokenizerJson.ts";
import { analogyGraph, nearestGraph, sumGraph, unitGraph } from "./graphs.ts";
import { project2d } from "./project2d.ts";
import type { VectorFiles } from "./vectorFiles.ts";
import { readVectorFiles } from "./vectorFiles.ts";

/** Each question takes a row of cosines with all words, of which there may be hundreds of thousands. */
const questionsAtOnce = 64;

/** Words to add and words to subtract. */
export interface WordSum {
  readonly plus: readonly string[];
  readonly minus: readonly string[];
}

/** A query for nearest words: a word, or a sum of words. */
export type WordQuery = { readonly word: string } | WordSum;

/** A nearby word. */
export interface Neighbour {
  readonly word: string;
  /** Its cosine with the query, from −1 to 1. */
  readonly similarity: number;
}

/** The graph to use: for a sum, for many questions, or for this number of nearest words. */
type ProgramKey = number | "sum" | "analogies";

/** Words and their vectors. */
export interface WordTable {
  /** One distinct word per row; words to be found first come first. */
  readonly words: readonly string[];
  /** float32 `[words, size]`; rows of any norm. */
  readonly table: TensorValue;
  /** x and y of each word on the map. Default: {@link project2d}; null for no map. */
  readonly map?: Float32Array<ArrayBuffer> | null;
  /** Where the vectors come from. */
  readonly about?: ReadonlyMap<string, string>;
}

/**
 * Words as unit vectors, their nearest neighbours, and a map of them.
 *
 * The answer to "a is to b as c is to what?" is the word whose vector is nearest to b − a + c:
 *
 *     argmax_w cos(u_w, u_b − u_a + u_c),   w not among a, b, c
 *
 * Mikolov, Yih and Zweig (2013), §4, https://aclanthology.org/N13-1090, who first normalise every u to length
 * one; called 3CosAdd by Levy and Goldberg (2014), §3, https://aclanthology.org/W14-1618.
 */
export class WordVectors {
  readonly words: readonly string[];
  /** The dimension of a vector. */
  readonly size: number;
  /** x and y of word 0, of word 1 …; empty without a map. */
  readonly map: Float32Array<ArrayBuffer>;
  /** Where the vectors come from: `source`, `license`, `attribution` … */
  readonly about: ReadonlyMap<string, string>;
  private readonly rows: ReadonlyMap<string, number>;
  /** float32 `[words, size]`: rows of length one. */
  private readonly table: TensorValue;
  private readonly runtime: Runtime;
  private readonly programs: Map<ProgramKey, Promise<Program>> = new Map();

  private constructor(
    runtime: Runtime,
    words: Required<WordTable> & { readonly map: Float32Array<ArrayBuffer> },
  ) {
    this.runtime = runtime;
    this.words = words.words;
    this.table = words.table;
    this.size = words.table.shape[1] as number;
    this.map = words.map;
    this.about = words.about;
    this.rows = new Map(words.words.map((word, row) => [word, row]));
  }

  /**
   * Returns the vectors of two files, described in `docs/vectors.md`.
   *
   * @throws UserError if a file is invalid.
   */
  static async fromBytes(files: VectorFiles, runtime: Runtime): Promise<WordVectors> {
    return WordVectors.fromTable(readVectorFiles(files), runtime);
  }

  /**
   * Returns the vectors of a table, such as a model's own embeddings.
   *
   * @throws ShapeError if the numbers of words, rows and map points differ.
   */
  static async fromTable(given: WordTable, runtime: Runtime): Promise<WordVectors> {
    const { words, table, about = new Map() } = given;
    const [rows, size] = table.shape;
    if (table.shape.length !== 2 || rows !== words.length || size === undefined) {
      throw new ShapeError(
        `${counted(words.length, "word")} do not match a table [${table.shape.join(", ")}] of vectors.`,
      );
    }
    if (given.map && given.map.length !== rows * 2) {
      throw new ShapeError(`${rows} words do not match a map of ${given.map.length} numbers.`);
    }
    const program = await runtime.compile(emitModel("unit", unitGraph(rows, size)));
    const { unit } = (await program.run({ table })) as { unit: TensorValue };
    await program.release();
    const map =
      given.map === null ? new Float32Array(0) : (given.map ?? (await project2d(unit, runtime)));
    return new WordVectors(runtime, { words, table: unit, map, about });
  }

  /** Returns whether there is a vector for a word. */
  has(word: string): boolean {
    return this.rows.has(word);
  }

  /**
   * Returns how a word is spelled in this table: with a leading mark for a space, as in the tokens of a model,
   * where the word without a mark is a piece from within words; as given; or in lower case. Undefined if none
   * of these has a vector.
   */
  spellingOf(word: string): string | undefined {
    const spellings = [word, word.toLowerCase()].flatMap((each) => [spaceMark + each, each]);
    return spellings.find((spelling) => this.rows.has(spelling));
  }

  /**
   * Returns the unit vector of a word.
   *
   * @throws UserError if it has none.
   */
  vectorOf(word: string): Float32Array<ArrayBuffer> {
    const start = this.rowOf(word) * this.size;
    return (this.table.data as Float32Array<ArrayBuffer>).slice(start, start + this.size);
  }

  /**
   * Returns a word's coordinates on the map, both from −1 to 1 in the files that come with seq2see.
   *
   * @throws UserError if the word is not on the map, or there is no map.
   */
  coordinates(word: string): readonly [x: number, y: number] {
    const row = this.rowOf(word);
    if (this.map.length === 0)
      throw new UserError("These vectors have no map; make one from them.");
    return [this.map[row * 2] as number, this.map[row * 2 + 1] as number];
  }

  /** Returns the first words that begin with `start`, for completion while someone types. */
  startingWith(start: string, count: number): string[] {
    const found: string[] = [];
    for (const word of this.words) {
      if (found.length >= count) break;
      if (word.startsWith(start)) found.push(word);
    }
    return found;
  }

  /**
   * Returns the words nearest to a word or to a sum of words, nearest first. The words of the query are
   * excluded.
   *
   * @param count the number of words; fewer if there are not so many.
   * @throws UserError if a word is unknown or the sum is zero.
   */
  async nearest(query: WordQuery, count: number): Promise<Neighbour[]> {
    const { plus, minus } = "word" in query ? { plus: [query.word], minus: [] } : query;
    const feeds = this.feedsOf(plus, minus);
    const others = this.words.length - (feeds["terms"] as TensorValue).data.length;
    const wanted = Math.min(Math.floor(count), others);
    if (!(wanted >= 1)) return [];
    const program = await this.program(wanted, () =>
      nearestGraph(this.words.length, this.size, wanted),
    );
    const { nearest, similarities } = await program.run(feeds);
    const values = numbersOf(similarities as TensorValue);
    return numbersOf(nearest as TensorValue).map((row, rank) => ({
      word: this.words[row] as string,
      similarity: values[rank] as number,
    }));
  }

  /**
   * Returns the sum of vectors that {@link nearest} compares with: each of `plus` is added and each of
   * `minus` subtracted; the sum is not normalised.
   *
   * @throws UserError if a word is unknown or the sum is zero.
   */
  async arithmetic(
    plus: readonly string[],
    minus: readonly string[],
  ): Promise<Float32Array<ArrayBuffer>> {
    const feeds = this.feedsOf(plus, minus);
    const program = await this.program("sum", () => sumGraph(this.words.length, this.size));
    const { sum } = await program.run(feeds);
    return (sum as TensorValue).data as Float32Array<ArrayBuffer>;
  }

  /**
   * Answers many questions "a is to b as c is to what?", each with the word nearest to b − a + c other than
   * the three given words.
   *
   * @throws UserError if a word is unknown.
   */
  async analogies(
    questions: readonly (readonly [a: string, b: string, c: string])[],
  ): Promise<string[]> {
    const program = await this.program("analogies", () =>
      analogyGraph(this.words.length, this.size),
    );
    const answers: string[] = [];
    for (let start = 0; start < questions.length; start += questionsAtOnce) {
      const some = questions.slice(start, start + questionsAtOnce);
      const rows = some.flatMap((words) => words.map((word) => this.rowOf(word)));
      const words = tensorValue("int32", [some.length, 3], rows);
      const found = await program.run({ table: this.table, words });
      for (const row of numbersOf(found["answers"] as TensorValue)) {
        answers.push(this.words[row] as string);
      }
    }
    return answers;
  }

  /** Frees the graphs; the object can compute nothing afterwards. */
  async release(): Promise<void> {
    const programs = await Promise.all(this.programs.values());
    await Promise.all(programs.map((program) => program.release()));
  }

  private rowOf(word: string): number {
    const row = this.rows.get(word);
    if (row !== undefined) return row;
    const small = word.toLowerCase();
    const advice = this.rows.has(small) ? `write "${small}"` : "try a more frequent word";
    const among = `the ${this.words.length.toLocaleString("en-US")} words that have a vector`;
    throw new UserError(`"${word}" is not among ${among}; ${advice}.`);
  }

  /** Each word of a sum once, with its coefficient. */
  private feedsOf(plus: readonly string[], minus: readonly string[]): NamedValues {
    const factors = new Map<number, number>();
    const count = (words: readonly string[], by: number): void => {
      for (const word of words) {
        const row = this.rowOf(word);
        factors.set(row, (factors.get(row) ?? 0) + by);
      }
    };
    count(plus, 1);
    count(minus, -1);
    if (factors.size === 0) throw new UserError("The sum has no words; give one.");
    if ([...factors.values()].every((factor) => factor === 0)) {
      throw new UserError("These words cancel out; add or subtract others.");
    }
    return {
      table: this.table,
      terms: tensorValue("int32", [factors.size], [...factors.keys()]),
      factors: tensorValue("float32", [factors.size, 1], [...factors.values()]),
    };
  }

  /** A graph that is compiled on first use. */
  private program(key: ProgramKey, build: () => Record<string, Tensor>): Promise<Program> {
    const known = this.programs.get(key);
    if (known) return known;
    const made = this.runtime.compile(emitModel(`vectors_${key}`, build()));
    this.programs.set(key, made);
    return made;
  }
}
