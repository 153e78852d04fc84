import { endId } from "../tensor/specialIds.ts";
import { specialTokens } from "./specialTokens.ts";

/** Whether the sources of a model end with the end symbol. */
interface SourceForm {
  readonly sourceEnd: boolean;
}

/** The ids that a model reads of a source's tokens. A source without tokens stays empty. */
export function withSourceEnd(ids: number[], { sourceEnd }: SourceForm): number[] {
  return sourceEnd && ids.length > 0 ? [...ids, endId] : ids;
}

/** The same of an encoded source. The end symbol belongs to no word. */
export function encodingWithEnd<
  Encoding extends { readonly ids: number[]; readonly tokens: string[] },
>(encoding: Encoding, form: SourceForm): Encoding {
  const ids = withSourceEnd(encoding.ids, form);
  if (ids === encoding.ids) return encoding;
  return { ...encoding, ids, tokens: [...encoding.tokens, specialTokens[endId]] };
}
