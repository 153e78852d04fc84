import { endId, startId } from "../tensor/specialIds.ts";
import { specialTokens } from "./specialTokens.ts";
import type { WordSpan } from "./tokenizer.ts";

/** Whether the sources of a model begin with the start symbol and end with the end symbol. */
export interface SourceSigns {
  readonly sourceStart: boolean;
  readonly sourceEnd: boolean;
}

/** What an encoded source has besides other things. */
interface Encoded {
  readonly ids: number[];
  readonly tokens: string[];
  readonly words: WordSpan[];
}

/** The ids that a model reads of a source's tokens. A source without tokens stays empty. */
export function withSourceSigns(ids: number[], { sourceStart, sourceEnd }: SourceSigns): number[] {
  if (ids.length === 0 || !(sourceStart || sourceEnd)) return ids;
  return [...(sourceStart ? [startId] : []), ...ids, ...(sourceEnd ? [endId] : [])];
}

/** The same of an encoded source. The signs belong to no word. */
export function encodingWithSigns<Encoding extends Encoded>(
  encoding: Encoding,
  form: SourceSigns,
): Encoding {
  const ids = withSourceSigns(encoding.ids, form);
  if (ids === encoding.ids) return encoding;
  const before = form.sourceStart ? [specialTokens[startId]] : [];
  const behind = form.sourceEnd ? [specialTokens[endId]] : [];
  const moved = before.length;
  return {
    ...encoding,
    ids,
    tokens: [...before, ...encoding.tokens, ...behind],
    words: encoding.words.map((word) => ({
      ...word,
      start: word.start + moved,
      end: word.end + moved,
    })),
  };
}
