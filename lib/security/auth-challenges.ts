/** One way to sign in that a server offers in `WWW-Authenticate`. */
export interface AuthChallenge {
  /** In lower case. */
  scheme: string;
  /** By name in lower case, without quotes; of a name that comes twice the first. */
  params: ReadonlyMap<string, string>;
}

const SEPARATORS = /[\s,]*/y;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const VALUE = /[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~0-9A-Za-z-]+))/y;
const TOKEN68 = /[ \t]+[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;

/**
 * The challenges of a `WWW-Authenticate` header (RFC 9110 §11.6.1), which may hold several, as `Headers` joins
 * repeated ones. Reading ends at the first thing that is none of it.
 */
export function parseChallenges(header: string): AuthChallenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    take(SEPARATORS);
    const name = take(TOKEN)?.[0].toLowerCase();
    if (name === undefined) return challenges;
    const value = take(VALUE);
    const current = challenges.at(-1);
    if (value === null && header[at] === "=") return challenges;
    if (value === null) {
      challenges.push({ scheme: name, params: new Map() });
      take(TOKEN68);
    } else if (current === undefined) {
      return challenges;
    } else if (!current.params.has(name)) {
      current.params.set(name, value[1]?.replace(/\\(.)/g, "$1") ?? value[2] ?? "");
    }
  }
}
