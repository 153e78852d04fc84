/** The maximum number of items of the first chunk; each following chunk may have twice as many. */
const fewest = 64;

/** The maximum number of items of any chunk: enough to sort by length, and few enough for any memory. */
const most = 4096;

/** The maximum total weight of a chunk, unless it is a single item. */
const heaviest = 2 ** 28;

/** Milliseconds without a next item after which no more input is waiting. */
const pause = 5;

/**
 * Groups items into chunks to process together: small ones first, so that the first results come
 * soon, then larger ones, which take less time per item.
 *
 * @param weigh  the memory that an item needs, up to a factor: for a sentence, the square of its
 *   length, because attention has a weight for each pair of words.
 * @param isOpen whether someone is still sending items; a chunk then also ends when no more are waiting,
 *   so that whoever waits for an answer gets it.
 */
export async function* inChunks<Item>(
  items: AsyncGenerator<Item>,
  weigh: (item: Item) => number,
  isOpen: boolean,
): AsyncGenerator<Item[]> {
  let next: Promise<IteratorResult<Item>> | null = null;
  let limit = fewest;
  let chunk: Item[] = [];
  let weight = 0;
  try {
    for (;;) {
      next ??= items.next();
      if (isOpen && chunk.length > 0 && !(await comesSoon(next))) {
        yield chunk;
        chunk = [];
        weight = 0;
      }
      let found: IteratorResult<Item>;
      try {
        found = await next;
      } catch (error) {
        next = null;
        // Items before the fault are processed all the same.
        if (chunk.length > 0) yield chunk;
        throw error;
      }
      next = null;
      const { value, done } = found;
      if (done) break;
      const itsWeight = weigh(value);
      if (chunk.length > 0 && (chunk.length >= limit || weight + itsWeight > heaviest)) {
        limit = chunk.length >= limit ? Math.min(most, 2 * limit) : limit;
        yield chunk;
        chunk = [];
        weight = 0;
      }
      chunk.push(value);
      weight += itsWeight;
    }
    if (chunk.length > 0) yield chunk;
  } finally {
    const ended = items.return(undefined);
    // An item that is still awaited may never come; it is not needed any more, and neither is its fault.
    if (next === null) await ended;
    else Promise.all([next, ended]).catch(() => undefined);
  }
}

async function comesSoon(item: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), pause);
  });
  try {
    // Whoever awaits the item itself gets the fault.
    return await Promise.race([
      item.then(
        () => true,
        () => true,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
