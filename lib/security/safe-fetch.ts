import { fetch as undiciFetch } from "undici";
import type { AddressPolicy } from "./addresses";
import { NetworkError, toNetworkError } from "./network-error";
import { type Resolver, safeAgent } from "./safe-connect";
import { checkUrl, type UrlVerdict } from "./safe-url";
import { isSameSite } from "./same-site";

export interface SafeFetchOptions {
  policy: AddressPolicy;
  /** Most bytes of one answer, after decompression. */
  maxResponseBytes?: number;
  /** Time for one call, redirects and body included. */
  timeoutMs?: number;
  /** Redirects to another site are refused even where no credentials would go there. */
  stayOnSite?: boolean;
  /** How many redirects are followed; 0 where the servers are known not to redirect. */
  maxRedirects?: number;
  /** Stands in for the system's resolver. */
  resolve?: Resolver;
}

export interface SafeFetch {
  /**
   * Like the global `fetch`, for addresses that users typed and servers sent. Rejects with a
   * {@link NetworkError}. The whole body is read before it resolves; `url` is where the answer came from.
   */
  fetch: typeof globalThis.fetch;
  /** Whether an address may be called, as far as it can be told without resolving a name. */
  check(url: URL): UrlVerdict;
  /** Frees the sockets. */
  close(): Promise<void>;
}

const MAX_RESPONSE_BYTES = 20 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);
const CREDENTIALS = ["authorization", "cookie", "proxy-authorization"] as const;

/** A `fetch` that checks every address it connects to, follows redirects by hand, and limits bytes and time. */
export function createSafeFetch(options: SafeFetchOptions): SafeFetch {
  const { policy, maxResponseBytes = MAX_RESPONSE_BYTES, timeoutMs = TIMEOUT_MS, stayOnSite = false, maxRedirects = MAX_REDIRECTS } = options;
  const agent = safeAgent(policy, Math.min(CONNECT_TIMEOUT_MS, timeoutMs), options.resolve);

  const call = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([timeout, init.signal]) : timeout;
    const headers = new Headers(init.headers);
    let method = init.method ?? "GET";
    let body = bodyOf(init.body);
    let url = allowed(input instanceof Request ? input.url : input, policy);
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const answer = await undiciFetch(url, {
        method,
        headers: [...headers],
        body,
        redirect: "manual",
        dispatcher: agent,
        signal,
      });
      const location = answer.headers.get("location");
      if (!REDIRECTS.has(answer.status) || location === null) {
        return await complete(answer, url, maxResponseBytes);
      }
      await answer.body?.cancel();
      const next = allowed(resolveUrl(location, url), policy);
      if (!isSameSite(url, next) && (stayOnSite || CREDENTIALS.some((name) => headers.has(name)))) {
        throw new NetworkError("redirect_off_site", `The server redirects to another site (${next.host})`);
      }
      if (answer.status === 303) {
        method = method === "HEAD" ? "HEAD" : "GET";
        body = undefined;
      }
      url = next;
    }
    throw new NetworkError("network_failed", "The server redirects too often");
  };

  return {
    fetch: (input, init) =>
      call(input, init).catch((error: unknown) => {
        throw toNetworkError(error);
      }),
    check: (url) => checkUrl(url, policy),
    close: () => agent.destroy(),
  };
}

function allowed(address: string | URL, policy: AddressPolicy): URL {
  const verdict = checkUrl(address, policy);
  if (!verdict.ok) throw new NetworkError(verdict.code, verdict.message);
  return verdict.url;
}

function resolveUrl(location: string, base: URL): URL {
  try {
    return new URL(location, base);
  } catch {
    throw new NetworkError("address_invalid", "The server redirects to something that is not an address");
  }
}

/** Only what a redirect can send twice: a stream could not be. */
function bodyOf(body: BodyInit | null | undefined): string | Uint8Array | undefined {
  if (body === null || body === undefined) return undefined;
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  throw new TypeError("Only text and bytes can be sent");
}

async function complete(answer: Awaited<ReturnType<typeof undiciFetch>>, url: URL, maxBytes: number): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
    const chunk: unknown = read.value;
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new NetworkError("answer_too_large", `The answer is larger than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  const body = NO_BODY.has(answer.status) ? null : new Blob(chunks as BlobPart[]);
  const response = new Response(body, {
    status: answer.status,
    statusText: answer.statusText,
    headers: [...answer.headers].filter(([name]) => name !== "content-encoding" && name !== "content-length"),
  });
  Object.defineProperty(response, "url", { value: url.href });
  return response;
}
