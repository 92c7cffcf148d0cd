import { type AuthChallenge, parseChallenges } from "./auth-challenges";
import { toBase64Url } from "./base64";
import { basicAuthorization } from "./basic-auth";
import { digestAuthorization, digestChallenge } from "./digest-auth";
import type { KnownLogin, LoginMemory } from "./login-memory";

export interface HttpLoginOptions {
  fetch: typeof globalThis.fetch;
  username: string;
  password: string;
  memory: LoginMemory;
}

/** Sends a request signed in. The answer is 401 when the server wants something else than these credentials. */
export type SignedFetch = (url: URL, init: RequestInit) => Promise<Response>;

/** A wrong password costs two attempts at most, three with a nonce that aged meanwhile: servers lock accounts. */
const MOST_ANSWERS = 3;

/**
 * Signs requests with the strongest of Digest (SHA-256, then MD5) and Basic that a server offers. A server that
 * is not known yet is first asked without credentials, and that answer is used for its challenge only: what a
 * server shows to everybody may be less than what it shows to this user. A server that does not challenge gets
 * Basic. Null when the credentials cannot be written into a header.
 */
export function signedFetch({ fetch, username, password, memory }: HttpLoginOptions): SignedFetch | null {
  const basic = basicAuthorization(username, password);
  if (basic === null) return null;
  /** Origins that accepted Basic without having asked for it. */
  const uninvited = new Set<string>();

  const sendWith = async (login: KnownLogin | null, url: URL, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (login !== null) headers.set("authorization", login.scheme === "basic" ? basic : digestFor(login, url, init));
    const answer = await fetch(url, { ...init, headers });
    if (login?.scheme === "digest") takeNextNonce(login, answer);
    return answer;
  };
  const digestFor = (login: Extract<KnownLogin, { scheme: "digest" }>, url: URL, init: RequestInit): string => {
    login.uses += 1;
    const request = { method: init.method ?? "GET", uri: url.pathname + url.search, nonceCount: login.uses, cnonce: login.cnonce };
    return digestAuthorization(login.challenge, { username, password, ...request });
  };

  return async (url, init) => {
    let at = url;
    let login = memory.get(url.origin, username) ?? (uninvited.has(url.origin) ? BASIC : null);
    let remembered = login !== null;
    let answer = await sendWith(login, at, init);
    if (login === null && answer.status !== 401 && !isBusy(answer)) {
      login = BASIC;
      answer = await sendWith(login, at, init);
      if (answer.ok) uninvited.add(url.origin);
    }
    for (let answers = 0; answers < MOST_ANSWERS && answer.status === 401; answers += 1) {
      const next = loginFor(answer);
      const from = answer.url === "" ? at : new URL(answer.url);
      // A redirect took the answer to another address than it was signed for.
      const moved = from.href !== at.href && login?.scheme !== "basic";
      if (next === null || !(moved || isWorthwhile(login, next, remembered))) break;
      at = from;
      login = next;
      remembered = false;
      memory.set(at.origin, username, login);
      answer = await sendWith(login, at, init);
    }
    return answer;
  };
}

const BASIC: KnownLogin = { scheme: "basic" };

/** Whether a 401 offers a way to sign in that we know; one without any challenge does. */
export function offersKnownLogin(answer: Response): boolean {
  return !answer.headers.has("www-authenticate") || loginFor(answer) !== null;
}

/** The strongest way to sign in that an answer offers. */
function loginFor(answer: Response): KnownLogin | null {
  const challenges = parseChallenges(answer.headers.get("www-authenticate") ?? "");
  const digests = challenges.flatMap((challenge) => digestChallenge(challenge) ?? []);
  const strongest = digests.find(({ hash }) => hash === "sha256") ?? digests[0];
  if (strongest !== undefined) return { scheme: "digest", challenge: strongest, cnonce: randomText(), uses: 0 };
  return challenges.some(isBasic) ? BASIC : null;
}

const isBasic = ({ scheme }: AuthChallenge) => scheme === "basic";

/** Whether an answer to `next` can succeed where `sent` did not. */
function isWorthwhile(sent: KnownLogin | null, next: KnownLogin, remembered: boolean): boolean {
  if (sent === null || sent.scheme !== next.scheme) return true;
  if (sent.scheme === "basic" || next.scheme === "basic") return false;
  // Not every server says that a nonce has only grown old.
  return next.challenge.stale || (remembered && next.challenge.nonce !== sent.challenge.nonce);
}

/** The server names the nonce to go on with (RFC 7616 §3.5). */
function takeNextNonce(login: Extract<KnownLogin, { scheme: "digest" }>, answer: Response): void {
  const nonce = parseChallenges(`info ${answer.headers.get("authentication-info") ?? ""}`)[0]?.params.get("nextnonce");
  if (nonce === undefined || nonce === login.challenge.nonce) return;
  login.challenge = { ...login.challenge, nonce };
  login.uses = 0;
}

/** It would be as busy for somebody who is signed in. */
function isBusy({ status }: Response): boolean {
  return status === 429 || status === 503;
}

function randomText(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
}
