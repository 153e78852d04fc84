import { nameWords, partsOf } from "./pictureNames.ts";
import { hashShare } from "./tables.ts";

/** A picture with all its names: some pictures look the same. */
export interface NamedPicture {
  readonly file: string;
  readonly names: readonly string[];
}

/** Pictures by their role in training and evaluation. */
export interface PictureSplit {
  readonly train: readonly NamedPicture[];
  /** New combinations of a figure and a skin tone, for choosing the best weights. */
  readonly dev: readonly NamedPicture[];
  /** More of them, for evaluation. */
  readonly tones: readonly NamedPicture[];
  /** Men in roles that train shows only for women, or women in roles that it shows only for men, in any tone. */
  readonly roles: readonly NamedPicture[];
}

/** The share of possible combinations that is held out. */
const toneShare = 0.15;
const roleShare = 0.12;

/**
 * Holds out pictures that are new combinations of known parts. Pictures with several names are never held out. A
 * picture with a part that no training picture shows returns to train.
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
  // All pictures of a figure move together; otherwise one that returned would show what the others ask.
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

/** Either "man R" or "woman R" for some of the roles R that both have. */
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

/** A figure without its tone. */
function figureOf(name: string): string {
  const { base, details } = partsOf(name);
  return [base, ...details].join(", ");
}

/** The figures and tones that occur. */
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
