import type { DigestChallenge } from "./digest-auth";

/** How a server wants somebody to sign in. Holds no password. */
export type KnownLogin =
  | { scheme: "basic" }
  /** `uses` counts the requests that were signed with this nonce. */
  | { scheme: "digest"; challenge: DigestChallenge; cnonce: string; uses: number };

const MOST_LOGINS = 2_000;

/**
 * What servers asked for, so that only the first request to a server has to ask. Kept for a process; when it is
 * full, the logins that were not used for longest are forgotten, at the price of one more request.
 */
export class LoginMemory {
  private readonly logins = new Map<string, KnownLogin>();

  get(origin: string, username: string): KnownLogin | null {
    const key = keyOf(origin, username);
    const login = this.logins.get(key);
    if (login === undefined) return null;
    this.logins.delete(key);
    this.logins.set(key, login);
    return login;
  }

  set(origin: string, username: string, login: KnownLogin): void {
    this.logins.delete(keyOf(origin, username));
    this.logins.set(keyOf(origin, username), login);
    const [oldest] = this.logins.keys();
    if (this.logins.size > MOST_LOGINS && oldest !== undefined) this.logins.delete(oldest);
  }
}

function keyOf(origin: string, username: string): string {
  return `${origin} ${username}`;
}
