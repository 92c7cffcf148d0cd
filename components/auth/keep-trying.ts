const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/** Waits, or until the browser says that it is online again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
  });
}

/**
 * Asks until there is an answer, at growing distances. `undefined` means that nobody could be asked: giving up
 * then would sign out somebody whose train is in a tunnel.
 */
export async function keepTrying<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LONGEST_RETRY_MS)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(wait);
  }
}
