import type { Description } from "./descriptions.ts";
import { type SetName, setOf } from "./tables.ts";

/** Families above this size are learned from: one of them would be most of dev. */
const largestHeldOut = 20;

/**
 * The part of each package. Packages of one program share paragraphs and synopses ("library", "documentation"), so
 * that families stay together: those that are linked, by whatever chain, through an equal first paragraph or an
 * equal synopsis, what stands in parentheses aside.
 */
export function partsOfPackages(
  descriptions: readonly Description[],
  shares: { readonly dev: number; readonly test: number },
): Map<Description, SetName> {
  const families = new Families();
  for (const { name, synopsis, paragraphs } of descriptions) {
    families.join(`name ${name}`, `synopsis ${plain(synopsis)}`);
    families.join(`name ${name}`, `text ${plain(paragraphs[0] ?? "")}`);
  }
  const members = new Map<string, Description[]>();
  for (const description of descriptions) {
    const family = families.of(`name ${description.name}`);
    const others = members.get(family);
    if (others) others.push(description);
    else members.set(family, [description]);
  }
  return new Map(
    [...members.values()].flatMap((family) => {
      const names = family.map(({ name }) => name).sort();
      const part = family.length > largestHeldOut ? "train" : setOf(names[0] ?? "", shares);
      return family.map((description): [Description, SetName] => [description, part]);
    }),
  );
}

/** A text as far as it is compared. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\([^)]*\)/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Sets that grow together (union-find). */
class Families {
  private readonly parents = new Map<string, string>();

  /** The name of the set that a member is in. */
  of(member: string): string {
    let root = member;
    for (let up = this.parents.get(root); up !== undefined; up = this.parents.get(root)) root = up;
    // What was walked is shortened, so that chains stay short.
    for (let at = member; at !== root; ) {
      const up = this.parents.get(at) as string;
      this.parents.set(at, root);
      at = up;
    }
    return root;
  }

  join(one: string, other: string): void {
    const [left, right] = [this.of(one), this.of(other)];
    if (left !== right) this.parents.set(left, right);
  }
}
