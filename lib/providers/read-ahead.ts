/**
 * The results of `source` in their order; while one of them is worked on, the next one is being read, and never more than that.
 * A source that fails does so in its turn. Whoever leaves early ends the source, and hears nothing of what was read in vain.
 */
export async function* readAhead<Result>(source: AsyncGenerator<Result, void, void>): AsyncGenerator<Result, void, void> {
  const read = () => {
    const next = source.next();
    // Its failure is met when its turn comes; where it never does, nobody is to hear of it.
    next.catch(() => undefined);
    return next;
  };
  let ahead = read();
  try {
    for (;;) {
      const result = await ahead;
      if (result.done === true) return;
      ahead = read();
      yield result.value;
    }
  } finally {
    // Not waited for: it ends with the request that is under way, and that with the provider's sockets.
    source.return().catch(() => undefined);
  }
}
