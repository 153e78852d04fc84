/**
 * @file SentencePiece's `.model` files: a Protocol Buffers message with the pieces and how they were trained
 * (https://github.com/google/sentencepiece, `sentencepiece_model.proto`). Isomorphic.
 */

import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** What a piece is: only normal ones are made of text. */
export type PieceType = "normal" | "unknown" | "control" | "userDefined" | "unused" | "byte";

/** A piece, in the order of ids. */
export interface Piece {
  readonly piece: string;
  /** For unigram models the log-probability; for byte-pair models minus the place in the order of merges. */
  readonly score: number;
  readonly type: PieceType;
}

/** A model, as far as it matters for splitting texts. */
export interface SentencePieceModel {
  readonly pieces: readonly Piece[];
  readonly kind: "unigram" | "bpe" | "word" | "char";
  readonly fallsBackToBytes: boolean;
  readonly marksAreBehind: boolean;
  /** How text is normalised, such as `nmt_nfkc` or `identity`. */
  readonly normalization: string;
  readonly addsSpace: boolean;
}

const types: readonly PieceType[] = [
  "normal",
  "unknown",
  "control",
  "userDefined",
  "unused",
  "byte",
];
const kinds: readonly SentencePieceModel["kind"][] = ["unigram", "bpe", "word", "char"];

/** The numbers of the fields that are read. */
const fields = {
  model: { pieces: 1, trainer: 2, normalizer: 3 },
  piece: { piece: 1, score: 2, type: 3 },
  trainer: { kind: 3, marksAreBehind: 24, fallsBackToBytes: 35 },
  normalizer: { name: 1, addsSpace: 3 },
} as const;

/**
 * Reads a model.
 *
 * @returns null if the bytes are no such model.
 */
export function readSentencePiece(bytes: Uint8Array): SentencePieceModel | null {
  try {
    return readModel(bytes);
  } catch {
    return null;
  }
}

/** Reads the fields of a message; the others are skipped. */
function readFields(
  bytes: Uint8Array,
  readers: Readonly<Record<number, (reader: BinaryReader) => void>>,
): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const read = readers[field];
    if (read) read(reader);
    else if (wireType === WireType.EndGroup) throw new Error("A group ends that did not begin.");
    else reader.skip(wireType, field);
  }
}

function readModel(bytes: Uint8Array): SentencePieceModel | null {
  const pieces: Piece[] = [];
  let kind: SentencePieceModel["kind"] | undefined = "unigram";
  let [marksAreBehind, fallsBackToBytes, addsSpace] = [false, false, true];
  let normalization = "identity";
  readFields(bytes, {
    [fields.model.pieces]: (reader) => pieces.push(readPiece(reader.bytes())),
    [fields.model.trainer]: (reader) =>
      readFields(reader.bytes(), {
        [fields.trainer.kind]: (inner) => {
          kind = kinds[inner.int32() - 1];
        },
        [fields.trainer.marksAreBehind]: (inner) => {
          marksAreBehind = inner.bool();
        },
        [fields.trainer.fallsBackToBytes]: (inner) => {
          fallsBackToBytes = inner.bool();
        },
      }),
    [fields.model.normalizer]: (reader) =>
      readFields(reader.bytes(), {
        [fields.normalizer.name]: (inner) => {
          normalization = inner.string();
        },
        [fields.normalizer.addsSpace]: (inner) => {
          addsSpace = inner.bool();
        },
      }),
  });
  if (pieces.length === 0 || kind === undefined) return null;
  return { pieces, kind, fallsBackToBytes, marksAreBehind, normalization, addsSpace };
}

function readPiece(bytes: Uint8Array): Piece {
  let [piece, score] = ["", 0];
  let type: PieceType = "normal";
  readFields(bytes, {
    [fields.piece.piece]: (reader) => {
      piece = reader.string();
    },
    [fields.piece.score]: (reader) => {
      score = reader.float();
    },
    [fields.piece.type]: (reader) => {
      type = types[reader.int32() - 1] ?? "unused";
    },
  });
  return { piece, score, type };
}

/**
 * The merges that a byte-pair model makes, in their order: each piece can be made of any two others, and pieces with
 * higher scores are made first.
 */
export function mergesOf(pieces: readonly Piece[]): [left: string, right: string][] {
  const normal = pieces.filter(({ type }) => type === "normal");
  const known = new Set(normal.map(({ piece }) => piece));
  return normal
    .toSorted((one, other) => other.score - one.score)
    .flatMap(({ piece }) => {
      const characters = Array.from(piece);
      return characters.slice(1).flatMap((_, index): [string, string][] => {
        const left = characters.slice(0, index + 1).join("");
        const right = characters.slice(index + 1).join("");
        return known.has(left) && known.has(right) ? [[left, right]] : [];
      });
    });
}
