/** The most items of the first chunk; the next ones may have twice as many as the one before. */
const fewest = 64;

/** The most items of any chunk: enough to sort them by length, and few enough for any memory. */
const most = 4096;

/** The most that the items of a chunk may weigh together, unless it is one alone. */
const heaviest = 2 ** 28;

/** Milliseconds after which no more input waits, if the next item has not come. */
const pause = 5;

/**
 * Gathers items into chunks that are worked on together: small ones first, so that the first results come
 * soon, then larger ones, which take less time an item.
 *
 * @param weigh  what an item takes of the memory, up to a factor: for a sentence, the square of its
 *   length, since each of its words is compared with each.
 * @param isOpen whether items come as someone sends them; a chunk then also ends when no more of them wait,
 *   so that who waits for an answer gets it.
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
        // What came before the fault is worked on nonetheless.
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
    // An item that is still waited for may never come; nobody wants it, nor its fault, any more.
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
    // A fault is met by who waits for the item itself.
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
