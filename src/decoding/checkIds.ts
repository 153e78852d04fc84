/**
 * Checks that ids are tokens of a sentence.
 *
 * @param size the size of the vocabulary.
 * @throws RangeError if an id is padding or not in the vocabulary.
 */
export function checkIds(ids: ArrayLike<number>, size: number, what: string): void {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] as number;
    if (!(Number.isInteger(id) && id > 0 && id < size)) {
      throw new RangeError(
        `${what} has the id ${id} at position ${at}; ids run from 1 to ${size - 1}.`,
      );
    }
  }
}
