import type { AddressPolicy } from "../security/addresses";
import { createSafeFetch } from "../security/safe-fetch";

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Sends one message to the receiver of alerts. False unless it answered 2xx in time; why not is kept nowhere, for the
 * reason would name the address, which is a secret of its own. Needs Node.
 */
export async function postNotice(
  address: string,
  message: { text: string },
  policy: AddressPolicy,
  timeoutMs = TIMEOUT_MS,
): Promise<boolean> {
  const http = createSafeFetch({ policy, timeoutMs, maxResponseBytes: MAX_ANSWER_BYTES });
  try {
    const answer = await http.fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(message),
    });
    return answer.ok;
  } catch {
    return false;
  } finally {
    await http.close();
  }
}
