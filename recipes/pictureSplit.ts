import { nameWords, partsOf } from "./pictureNames.ts";
import { hashShare } from "./tables.ts";

/** A picture with all that it is called: some have twins that look the same. */
export interface NamedPicture {
  readonly file: string;
  readonly names: readonly string[];
}

/** Pictures by what is asked of a model that has seen `train`. */
export interface PictureSplit {
  readonly train: readonly NamedPicture[];
  /** New combinations of a figure and a skin tone, to choose the best weights by. */
  readonly dev: readonly NamedPicture[];
  /** More of them, to measure. */
  readonly tones: readonly NamedPicture[];
  /** Men in roles that were seen of women only, or women in those of men: in no skin tone at all. */
  readonly roles: readonly NamedPicture[];
}

/** How much of what could be held out is. */
const toneShare = 0.15;
const roleShare = 0.12;

/**
 * Holds out pictures that are new combinations of known parts. A picture with twins is never held out. What would have a
 * part that no picture of train shows goes back to train.
 */
export function splitPictures(pictures: readonly NamedPicture[]): PictureSplit {
  const heldBases = basesOfRoles(pictures);
  const isRole = (picture: NamedPicture): boolean => heldBases.has(baseOf(picture));
  const ofRoles = pictures.filter((picture) => isSingle(picture) && isRole(picture));
  const others = pictures.filter((picture) => !ofRoles.includes(picture));
  const isTone = ({ file, names }: NamedPicture): boolean =>
    names.length === 1 && partsOf(nameOf(names)).tones.length === 1 && hashShare(file) < toneShare;
  const candidates = others.filter(isTone);
  const kept = others.filter((picture) => !isTone(picture));
  const known = partsSeen(kept);
  const ofTones = candidates.filter((picture) => hasKnownParts(picture, known));
  const train = [...kept, ...candidates.filter((picture) => !ofTones.includes(picture))];
  const words = new Set(train.flatMap(({ names }) => names.flatMap(nameWords)));
  const isSaid = ({ names }: NamedPicture): boolean =>
    names.flatMap(nameWords).every((word) => words.has(word));
  const isDev = ({ file }: NamedPicture): boolean => hashShare(`dev ${file}`) < 0.4;
  // All pictures of a figure together, or one that went back would show what the others ask.
  const unsaid = new Set(ofRoles.filter((picture) => !isSaid(picture)).map(baseOf));
  return {
    train: [...train, ...ofRoles.filter((picture) => unsaid.has(baseOf(picture)))],
    dev: ofTones.filter(isDev),
    tones: ofTones.filter((picture) => !isDev(picture)),
    roles: ofRoles.filter((picture) => !unsaid.has(baseOf(picture))),
  };
}

const nameOf = ([name = ""]: readonly string[]): string => name;
const isSingle = ({ names }: NamedPicture): boolean => names.length === 1;
const baseOf = ({ names }: NamedPicture): string => partsOf(nameOf(names)).base;

/** One of "man R" and "woman R" for some of the roles R that both have. */
function basesOfRoles(pictures: readonly NamedPicture[]): Set<string> {
  const bases = new Set(pictures.filter(isSingle).map(baseOf));
  return new Set(
    [...bases].filter((base) => {
      const { person } = partsOf(base);
      if (!person || !bases.has(`man ${person.role}`) || !bases.has(`woman ${person.role}`)) {
        return false;
      }
      const held = hashShare(`who ${person.role}`) < 0.5 ? "man" : "woman";
      return hashShare(`role ${person.role}`) < roleShare && person.who === held;
    }),
  );
}

/** A figure, whatever its tone. */
function figureOf(name: string): string {
  const { base, details } = partsOf(name);
  return [base, ...details].join(", ");
}

/** The figures that are seen, and the tones. */
function partsSeen(pictures: readonly NamedPicture[]): Set<string> {
  return new Set(
    pictures.flatMap(({ names }) =>
      names.flatMap((name) => [figureOf(name), ...partsOf(name).tones]),
    ),
  );
}

function hasKnownParts({ names }: NamedPicture, known: ReadonlySet<string>): boolean {
  return names.every((name) =>
    [figureOf(name), ...partsOf(name).tones].every((part) => known.has(part)),
  );
}
