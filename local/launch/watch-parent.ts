const intervalMs = 250;

/**
 * Calls `onGone` once when whoever started us is gone without a word. The npm script replaces its shell with
 * us (`exec`), so that this is npm itself, whose signals then reach us as well.
 */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onGone();
  }, intervalMs);
  watch.unref();
}
