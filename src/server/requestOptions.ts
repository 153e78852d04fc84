/** @file The fields of a request as options of the library. */

import type { SearchValues } from "../decoding/options.ts";
import type { TranslateOptions } from "../decoding/translator.ts";
import type { TraceOptions } from "../trace/traceOptions.ts";
import { ApiError } from "./apiError.ts";
import type { CatalogModel } from "./modelCatalog.ts";
import type { SearchFields, TraceRequest, TranslateRequest } from "./requests.ts";

/** Options of searching; throws ApiError if they do not go together. */
function searchOptions(body: SearchFields, beam: number, { entry }: CatalogModel): SearchValues {
  const { nBest = 1, lengthPenalty, coveragePenalty } = body;
  if (nBest > beam) {
    throw new ApiError(
      400,
      `nBest is ${nBest}, and a beam of ${beam} finds no more than ${beam}; give a beam of ${nBest} or more.`,
    );
  }
  if (coveragePenalty && entry.sizes?.attention === "none") {
    throw new ApiError(
      400,
      `coveragePenalty is ${coveragePenalty}, and the model ${entry.name} has no attention; leave it out.`,
    );
  }
  return {
    ...(lengthPenalty !== undefined && { lengthPenalty }),
    ...(coveragePenalty !== undefined && { coveragePenalty }),
  };
}

const beamOf = ({ beam, nBest = 1 }: SearchFields, standard: number): number =>
  beam ?? Math.max(standard, nBest);

const maxLengthOf = ({ maxLength }: SearchFields): SearchValues =>
  maxLength === undefined ? {} : { maxLength };

/** The options of a translation; throws ApiError if they do not go together. */
export function translateOptions(body: TranslateRequest, model: CatalogModel): TranslateOptions {
  const { nBest = 1, sample, replaceUnknown } = body;
  const beam = beamOf(body, sample ? 1 : 5);
  if (sample && beam > 1) {
    const field = nBest > 1 ? "nBest" : "beam";
    throw new ApiError(
      400,
      `sample draws one translation, and ${field} asks for more; give only one of them.`,
    );
  }
  return {
    beam,
    nBest,
    ...searchOptions(body, beam, model),
    ...maxLengthOf(body),
    ...(replaceUnknown !== undefined && { replaceUnknown }),
    ...(sample && { sample: true, ...sample }),
  };
}

/** The options of a trace; throws ApiError if they do not go together. */
export function traceOptions(body: TraceRequest, model: CatalogModel): TraceOptions {
  const { nBest, hypothesis, prefix, target, attention } = body;
  const beam = beamOf(body, 5);
  return {
    beam,
    ...searchOptions(body, beam, model),
    ...maxLengthOf(body),
    ...(nBest !== undefined && { nBest }),
    ...(hypothesis !== undefined && { hypothesis }),
    ...(prefix && { prefix }),
    ...(target && { target }),
    ...(attention && {
      attention: new Map(attention.map(({ step, weights }) => [step, weights])),
    }),
  };
}
