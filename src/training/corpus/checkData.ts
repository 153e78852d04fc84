/** @file A whole look at the data of a run that has no checksums: one of an earlier version. */

import type { CorpusLinks } from "../../data/corpusLinks.ts";
import { EncodedCorpus } from "../../data/encodedCorpus.ts";
import { UserError } from "../../tensor/errors.ts";
import type { PreparedData } from "./prepare.ts";

/** The data to check. */
type Data = Pick<PreparedData, "train" | "dev" | "links"> &
  Readonly<Record<"source" | "target", { readonly size: number }>>;

/**
 * Checks that the data can be trained on: all ids are in the vocabularies, all links refer to existing tokens, and
 * all features are finite. It does not detect changes that keep the data valid.
 *
 * @throws UserError naming the damaged file.
 */
export function checkData(data: Data): void {
  // Runs of several corpora have had checksums from the first.
  if (data.train instanceof EncodedCorpus) checkCorpus(data.train, data, data.links);
  if (data.dev) checkCorpus(data.dev, data, null);
}

function checkCorpus(corpus: EncodedCorpus, data: Data, links: CorpusLinks | null): void {
  const damaged = (what: string, pair: number): UserError =>
    new UserError(
      `${corpus.path}: it is damaged, as pair ${pair + 1} has ${what}; train again from the corpus.`,
    );
  const tokens = { source: 0, target: 0 };
  for (let block = 0; block < corpus.blocks; block++) {
    for (const { source, target, number } of corpus.read([block])) {
      for (const [side, ids] of [
        ["source", source],
        ["target", target],
      ] as const) {
        if (ids.some((id) => id >= data[side].size)) {
          throw damaged(`a token that the ${side} vocabulary does not hold`, number);
        }
        if (ids.length === 0) throw damaged(`no ${side}`, number);
        tokens[side] += ids.length;
      }
      const { features } = source;
      if (features && corpus.features) {
        if (features.length !== source.length * corpus.features.size) {
          throw damaged("features of other places", number);
        }
        if (features.some((value) => !Number.isFinite(value))) {
          throw damaged("features that are no numbers", number);
        }
      }
      if (links) checkLinks(links, number, source.length, target.length);
    }
  }
  if (tokens.source !== corpus.sourceTokens || tokens.target !== corpus.targetTokens) {
    throw new UserError(
      `${corpus.path}: it is damaged, as its number of tokens is wrong; train again from the corpus.`,
    );
  }
}

function checkLinks(links: CorpusLinks, pair: number, sources: number, targets: number): void {
  const own = links.of(pair);
  for (let at = 0; at < own.length; at += 2) {
    if ((own[at] as number) < sources && (own[at + 1] as number) < targets) continue;
    throw new UserError(
      `${links.path}: it is damaged, as pair ${pair + 1} has a link to a missing token; train again from the corpus.`,
    );
  }
}
