import type { ModelContent } from "../../modelFolder/modelFolder.ts";
import type { Beginning } from "./runParts.ts";

/** The beginning of a run with the weights and vocabularies of a model, or with new ones if there is none. */
export function beginningFrom(start: ModelContent | null): Beginning {
  return {
    tokenizers: start,
    async initialize(parameters) {
      if (start) parameters.take(start.weights);
    },
  };
}
