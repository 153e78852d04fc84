/**
 * @file A pack for OpenUtau's `G2pPack` (https://github.com/stakira/OpenUtau, `OpenUtau.Core/Api/G2pPack.cs` and `py/g2p`):
 * a pronunciation model with its dictionary and the kinds of its phonemes. `docs/openutau.md` describes the files.
 */

import { UserError } from "../tensor/errors.ts";
import { unknownId } from "../tensor/specialIds.ts";
import { specialTokens } from "../text/specialTokens.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { spaceMark } from "../text/tokenizerJson.ts";
import type { StandaloneFormat, WeightedModel } from "./models.ts";
import { standaloneEmitter } from "./models.ts";
import { openUtauGraph } from "./openUtauGraph.ts";

/** A word of the dictionary and its phonemes. */
export interface DictionaryEntry {
  readonly word: string;
  readonly phonemes: readonly string[];
}

/** A model of pronunciations, whose source are letters and whose target are phonemes. */
export interface PronunciationModel extends WeightedModel {
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
}

/** What a pack is made of. */
export interface PackParts {
  readonly model: PronunciationModel;
  /** The names of letters and phonemes by id; see {@link packSymbols}. */
  readonly symbols: PackSymbols;
  /** Words with known pronunciations, which the model is not asked for. The first of a word counts. */
  readonly dictionary: readonly DictionaryEntry[];
  /** The type of each phoneme, such as vowel. */
  readonly types: ReadonlyMap<string, string>;
  readonly format: StandaloneFormat;
}

/** The names of letters and phonemes by id. The first four, which have no names, are empty. */
export interface PackSymbols {
  readonly letters: readonly string[];
  readonly phonemes: readonly string[];
}

/** The files of a pack by name. */
export function packFiles(parts: PackParts): Map<string, Uint8Array> {
  const { model, symbols, dictionary, format } = parts;
  const { bytes } = standaloneEmitter(model, format)("g2p", openUtauGraph(model.sizes));
  const texts = {
    "dict.txt": dictionaryText(dictionary),
    "phones.txt": typesText(parts),
    "cfg.yaml": configurationText(symbols),
    "PackedG2p.cs": classText(symbols),
  };
  const encoder = new TextEncoder();
  return new Map([
    ["g2p.onnx", bytes],
    ...Object.entries(texts).map(([name, text]) => [name, encoder.encode(text)] as const),
  ]);
}

/**
 * The letters and phonemes of a model. OpenUtau makes words small and looks up one UTF-16 unit at a time, so a capital
 * stands for its small letter, unless the model knows that too.
 *
 * @throws UserError if the model does not read single letters, or does not write whole phonemes.
 */
export function packSymbols({ sizes, source, target }: PronunciationModel): PackSymbols {
  if (sizes.sourceInput !== "tokens") {
    throw new UserError(
      "OpenUtau gives letters to a model, and this one reads files of features; give a model of pronunciations.",
    );
  }
  const read = tokensOf(source);
  if (source.kind === "bpe" || read.some((token) => [...token].length !== 1)) {
    throw new UserError(
      `OpenUtau gives single letters to a model, and this one reads ${source.description}; give one of letters: ${remedy}.`,
    );
  }
  const phonemes = tokensOf(target);
  if (target.kind === "bpe" || phonemes.some((token) => partOfText.test(token))) {
    throw new UserError(
      `OpenUtau takes a whole phoneme from a model at each step, and this one writes ${target.description}; give one of phonemes: ${remedy}.`,
    );
  }
  const letters = new Set(read);
  const named = read.map((token) => {
    const small = token.toLowerCase();
    if (small.length !== 1 || letters.has(small)) return token;
    letters.add(small);
    return small;
  });
  const unnamed = specialTokens.map(() => "");
  return { letters: [...unnamed, ...named], phonemes: [...unnamed, ...phonemes] };
}

const remedy =
  "train it on words with spaces between letters and between phonemes, with a tokenizer of words";

/** What only parts of texts have: white space, and the mark that stands for it. */
const partOfText = new RegExp(`[\\s${spaceMark}]`);

/**
 * The entry of a pair in the dictionary of a pack; null if one of its phonemes is not one of the model's.
 *
 * @param pair a word, and its phonemes, as in the model's training data.
 */
export function dictionaryEntry(
  { source, target }: PronunciationModel,
  pair: { readonly source: string; readonly target: string },
): DictionaryEntry | null {
  const typed = source.normalize(pair.source);
  const ids = target.encodeIds(pair.target);
  if (ids.length === 0 || ids.includes(unknownId)) return null;
  // Where letters are words, spaces separate them.
  const word = source.kind === "word" ? typed.replaceAll(" ", "") : typed;
  return { word: word.toLowerCase(), phonemes: ids.map((id) => target.tokenOf(id)) };
}

/** The tokens of a vocabulary but for the special ones, in the order of their ids. */
function tokensOf(tokenizer: TextTokenizer): string[] {
  const { length: first } = specialTokens;
  return Array.from({ length: tokenizer.size - first }, (_, at) => tokenizer.tokenOf(first + at));
}

/** A line for each word, two spaces before its phonemes. */
function dictionaryText(dictionary: readonly DictionaryEntry[]): string {
  const entries = new Map<string, string>();
  for (const { word, phonemes } of dictionary) {
    if (!entries.has(word)) entries.set(word, phonemes.join(" "));
  }
  return [
    ";;; words with known pronunciations\n",
    ...Array.from(entries, ([word, phonemes]) => `${word}  ${phonemes}\n`),
  ].join("");
}

/** A line for each phoneme, a tab before its type. */
function typesText({ symbols, types }: PackParts): string {
  return symbols.phonemes
    .filter((name) => name !== "")
    .map((name) => `${name}\t${types.get(name)}\n`)
    .join("");
}

/** The names by id in the form of OpenUtau's training configurations, which name the first four. */
function configurationText({ letters, phonemes }: PackSymbols): string {
  const special = ["<unk>", "<pad>", "<bos>", "<eos>"];
  const list = (names: readonly string[]): string =>
    names.map((name, id) => `    - ${JSON.stringify(special[id] ?? name)}\n`).join("");
  return `encoder:\n  graphemes:\n${list(letters)}decoder:\n  phonemes:\n${list(phonemes)}`;
}

/** A class for a phonemizer, with the names by id. */
function classText({ letters, phonemes }: PackSymbols): string {
  const list = (names: readonly string[]): string =>
    names.map((name) => `        ${JSON.stringify(name)},\n`).join("");
  return `// The letters and phonemes of a pack by id, and what OpenUtau needs to read it.
using System.Collections.Generic;
using System.Linq;
using OpenUtau.Api;

public class PackedG2p : G2pPack {
    static readonly string[] letters = {
${list(letters)}    };

    static readonly string[] phonemes = {
${list(phonemes)}    };

    /// <param name="pack">The content of the zip file.</param>
    public PackedG2p(byte[] pack) {
        var loaded = LoadPack(pack, word => word.ToLowerInvariant());
        GraphemeIndexes = Enumerable.Range(${specialTokens.length}, letters.Length - ${specialTokens.length}).ToDictionary(id => letters[id]);
        Phonemes = phonemes;
        Dict = loaded.Item1;
        Session = loaded.Item2;
        PredCache = new Dictionary<string, string[]>();
    }
}
`;
}
