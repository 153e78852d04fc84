/**
 * @file Questions "a is to b as c is to what?", generated from all combinations of two word pairs of a section, as in
 * Mikolov et al. (2013, https://arxiv.org/abs/1301.3781, §4.1). The pairs are our own: everyday words that also occur
 * in a small corpus of translations.
 */
import type { AnalogySection } from "../../src/vectors/analogies.ts";

/** Pairs by section: the sections of Mikolov et al. that everyday words can fill, and numbers. */
export const analogyPairs: Readonly<Record<string, string>> = {
  family: `man:woman boy:girl king:queen prince:princess father:mother brother:sister son:daughter
    uncle:aunt husband:wife grandfather:grandmother he:she his:her actor:actress`,
  capitals: `france:paris england:london germany:berlin italy:rome spain:madrid japan:tokyo russia:moscow
    china:beijing greece:athens austria:vienna ireland:dublin portugal:lisbon belgium:brussels`,
  nationalities: `france:french england:english germany:german italy:italian spain:spanish japan:japanese
    russia:russian china:chinese greece:greek america:american europe:european canada:canadian`,
  opposites: `possible:impossible happy:unhappy known:unknown able:unable comfortable:uncomfortable
    likely:unlikely fair:unfair certain:uncertain necessary:unnecessary honest:dishonest`,
  adverbs: `quick:quickly slow:slowly clear:clearly careful:carefully quiet:quietly sudden:suddenly
    serious:seriously complete:completely immediate:immediately real:really near:nearly easy:easily
    perfect:perfectly obvious:obviously`,
  comparatives: `big:bigger small:smaller old:older young:younger good:better bad:worse strong:stronger
    fast:faster high:higher long:longer cold:colder easy:easier great:greater late:later hard:harder`,
  superlatives: `big:biggest small:smallest old:oldest young:youngest good:best bad:worst strong:strongest
    high:highest long:longest great:greatest late:latest`,
  participles: `walk:walking swim:swimming run:running go:going see:seeing eat:eating play:playing
    read:reading sing:singing write:writing work:working speak:speaking think:thinking look:looking
    sleep:sleeping wait:waiting`,
  past: `walk:walked run:ran go:went see:saw eat:ate play:played write:wrote work:worked speak:spoke
    think:thought look:looked sleep:slept take:took give:gave come:came find:found know:knew say:said`,
  plurals: `dog:dogs cat:cats child:children man:men woman:women book:books car:cars friend:friends
    house:houses country:countries word:words year:years day:days problem:problems eye:eyes hand:hands
    student:students`,
  numbers: `one:first two:second three:third four:fourth five:fifth six:sixth`,
};

/**
 * The questions of each section: a : b as c : d for every two of its pairs, in either order.
 *
 * @param isKnown excludes pairs with an unknown word, so that all sides answer the same questions.
 */
export function analogySections(isKnown: (word: string) => boolean = () => true): AnalogySection[] {
  return Object.entries(analogyPairs).map(([name, text]) => {
    const pairs = text
      .split(/\s+/)
      .map((pair) => pair.split(":") as [string, string])
      .filter((pair) => pair.every(isKnown));
    const questions = pairs.flatMap(([a, b]) =>
      pairs
        .filter(([c]) => c !== a)
        .map(([c, d]): readonly [string, string, string, string] => [a, b, c, d]),
    );
    return { name, questions };
  });
}
