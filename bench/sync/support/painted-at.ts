import type { Page } from "@playwright/test";

/** What the page is given to remember; it is serialized, so it names itself. */
interface Watching {
  paintedAt?: Promise<number>;
}

/**
 * Begins to watch the page for a text; the promise is fulfilled with the time (epoch milliseconds) at which the frame that shows
 * it first had been painted: the first task after the animation frame that followed the change of the document. Await the outer
 * promise before what is watched for is begun.
 */
export async function watchFor(page: Page, text: string): Promise<() => Promise<number>> {
  // Without functions that have a name: what runs this bench would have them call a helper that the page does not have.
  await page.evaluate((wanted) => {
    (window as Watching).paintedAt = new Promise((resolve) => {
      new MutationObserver((records, observer) => {
        const changed = records.flatMap(({ target, addedNodes }) => (target.nodeType === Node.TEXT_NODE ? [target] : [...addedNodes]));
        if (!changed.some((node) => node.textContent?.includes(wanted) === true)) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(Date.now());
          port2.postMessage(null);
        });
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  }, text);
  return async () => {
    const at = await page.evaluate(() => (window as Watching).paintedAt);
    if (at === undefined) throw new Error("The page was left while it was watched.");
    return at;
  };
}
