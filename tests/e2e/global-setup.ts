import { startStack } from "../support/stack";

/**
 * Starts the product in a state folder of its own before the first test, and ends it after the last. While
 * writing tests, LINEARTIME_E2E_URL can name one that runs already.
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.LINEARTIME_E2E_URL !== undefined) return undefined;
  const stack = await startStack();
  // The workers are started after this and inherit it.
  process.env.LINEARTIME_E2E_URL = stack.url;
  console.log(`The product runs at ${stack.url}, from ${stack.home}`);
  return () => stack.dispose();
}
