/** @file The fields of a request as options of the library. */

import { checkSearchValues, checkTranslationValues, withUsualBeam } from "../decoding/options.ts";
import type { TranslateOptions } from "../decoding/textModel.ts";
import type { TraceOptions } from "../trace/traceOptions.ts";
import { ApiError } from "./apiError.ts";
import type { CatalogModel } from "./modelCatalog.ts";
import type { TraceRequest, TranslateRequest } from "./requests.ts";

const hasAttention = ({ entry }: CatalogModel): boolean => entry.sizes?.attention !== "none";

/** The options of a translation. Throws OptionError if they conflict. */
export function translateOptions(body: TranslateRequest, model: CatalogModel): TranslateOptions {
  const { model: _, text: __, texts: ___, attention: ____, ...values } = body;
  const options = withUsualBeam(values);
  checkTranslationValues(options, { hasAttention: hasAttention(model), readsText: true });
  return options;
}

/** The options of a trace. Throws OptionError if they conflict. */
export function traceOptions(body: TraceRequest, model: CatalogModel): TraceOptions {
  const { model: _, text: __, attention, hypothesis, prefix, target, ...values } = body;
  const options = withUsualBeam(values);
  checkSearchValues(options, hasAttention(model));
  const steps = attention?.map(({ step }) => step) ?? [];
  const twice = steps.find((step, index) => steps.indexOf(step) < index);
  if (twice !== undefined) {
    throw new ApiError(400, `"attention": step ${twice} is given twice; give each step once.`);
  }
  return {
    ...options,
    ...(hypothesis !== undefined && { hypothesis }),
    ...(prefix && { prefix }),
    ...(target && { target }),
    ...(attention && {
      attention: new Map(attention.map(({ step, weights }) => [step, weights])),
    }),
  };
}
