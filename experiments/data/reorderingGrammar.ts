/**
 * @file Two artificial languages with known word alignments. The source has French word order: the noun before
 * its adjective, the verb between subject and object. The target has the order of German subordinate clauses: the
 * adjective before the noun, the verb at the end, in two words for some verbs; and it drops a particle of the
 * source. The form of a word says nothing about its translation, and all choices of words are equally likely, so
 * a model has to look at the source.
 */
import type { AlignmentLink, GoldAlignment } from "../../src/evaluation/alignment.ts";
import { Random } from "../../src/tensor/random.ts";
import type { Pair } from "./corpora.ts";

/** A pair with known word alignments. */
export interface LinkedPair extends Pair {
  readonly gold: GoldAlignment;
}

/** The number of words of each kind. */
const sizes = { nouns: 120, adjectives: 60, verbs: 60, determiners: 4, conjunctions: 3 };

/** A target word, and the source word that it translates. */
interface Said {
  readonly word: string;
  readonly from: number;
}

/** An entry of the dictionary; a verb may be two words in the target. */
interface Entry {
  readonly source: string;
  readonly target: readonly string[];
}

/** The vocabularies, generated once with a fixed seed, so that all corpora use the same languages. */
class Languages {
  readonly nouns: readonly Entry[];
  readonly adjectives: readonly Entry[];
  readonly verbs: readonly Entry[];
  readonly determiners: readonly Entry[];
  readonly conjunctions: readonly Entry[];
  private readonly random = new Random(7);
  private readonly used = new Set<string>();

  constructor() {
    const entries = (count: number, parts = 1): Entry[] =>
      Array.from({ length: count }, () => ({
        source: this.word("aeiou", "bdfglmnprst"),
        target: Array.from({ length: parts }, () => this.word("aiou", "hkjwzcvxbd")),
      }));
    this.nouns = entries(sizes.nouns);
    this.adjectives = entries(sizes.adjectives);
    this.verbs = [...entries(sizes.verbs / 2), ...entries(sizes.verbs / 2, 2)];
    this.determiners = entries(sizes.determiners);
    this.conjunctions = entries(sizes.conjunctions);
  }

  private word(vowels: string, consonants: string): string {
    const letter = (letters: string): string =>
      letters[this.random.integer(letters.length)] as string;
    for (;;) {
      const syllables = 2 + this.random.integer(2);
      const word = Array.from(
        { length: syllables },
        () => letter(consonants) + letter(vowels),
      ).join("");
      if (this.used.has(word)) continue;
      this.used.add(word);
      return word;
    }
  }
}

const languages = new Languages();

/** The words of a sentence under construction. */
class Sentence {
  readonly source: string[] = [];
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  /** Adds a source word and returns its translation. */
  say({ source, target }: Entry): Said[] {
    const from = this.source.push(source) - 1;
    return target.map((word) => ({ word, from }));
  }

  pick(entries: readonly Entry[]): Entry {
    return entries[this.random.integer(entries.length)] as Entry;
  }

  chance(probability: number): boolean {
    return this.random.uniform() < probability;
  }
}

/** Determiner, noun, up to two adjectives; in the target, the adjectives precede the noun in reverse order. */
function nounPhrase(sentence: Sentence): Said[] {
  const determiner = sentence.say(sentence.pick(languages.determiners));
  const noun = sentence.say(sentence.pick(languages.nouns));
  const adjectives: Said[][] = [];
  while (adjectives.length < 2 && sentence.chance(0.4)) {
    adjectives.push(sentence.say(sentence.pick(languages.adjectives)));
  }
  return [...determiner, ...adjectives.reverse().flat(), ...noun];
}

/** Subject, verb, object; a particle after some verbs has no translation. */
function clause(sentence: Sentence): Said[] {
  const subject = nounPhrase(sentence);
  const verb = sentence.say(sentence.pick(languages.verbs));
  if (sentence.chance(0.3)) sentence.source.push("pa");
  const object = sentence.chance(0.8) ? nounPhrase(sentence) : [];
  return [...subject, ...object, ...verb];
}

/**
 * Returns sentences of one to three clauses with their translations and links, all of them sure. The
 * same seed gives the same sentences, and no source occurs twice.
 */
export function reorderedPairs(count: number, seed: number): LinkedPair[] {
  const random = new Random(seed);
  const found = new Map<string, LinkedPair>();
  while (found.size < count) {
    const sentence = new Sentence(random);
    const said = clause(sentence);
    while (sentence.source.length < 16 && sentence.chance(0.4)) {
      said.push(...sentence.say(sentence.pick(languages.conjunctions)), ...clause(sentence));
    }
    const source = sentence.source.join(" ");
    const sure = said.map(({ from }, position): AlignmentLink => [from, position]);
    const target = said.map(({ word }) => word).join(" ");
    found.set(source, { source, target, gold: { sure, possible: [] } });
  }
  return [...found.values()];
}
