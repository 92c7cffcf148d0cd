import { ConvexClient, ConvexHttpClient } from "convex/browser";
import type { FunctionArgs, FunctionReference, FunctionReturnType } from "convex/server";
import { api } from "../../convex/_generated/api";
import { signAccessToken } from "../../lib/auth/access-token";
import { hashSessionToken } from "../../lib/auth/session-token";
import type { TestBackend } from "./backend";

const patienceMs = 100_000;

/** Somebody who is signed in, with the official client over a socket of their own. */
export interface Visitor {
  readonly client: ConvexClient;
  /** Stands for their browser's session. */
  readonly session: string;
  /** An access token of theirs, as our route handlers make them. */
  token(): Promise<string>;
  /** Watches a query until what it says is as wanted; fails with the last answer when that takes too long. */
  until<Query extends FunctionReference<"query">>(
    query: Query,
    args: FunctionArgs<Query>,
    wanted: (value: FunctionReturnType<Query>) => boolean,
  ): Promise<FunctionReturnType<Query>>;
  /** The same session at a backend that has been started anew. */
  reconnect(backend: TestBackend): Promise<Visitor>;
  close(): Promise<void>;
}

/** Makes an account and signs in as it. */
export async function signUp(backend: TestBackend, email: string): Promise<Visitor> {
  const secret = backend.secrets.serverSecret;
  const http = new ConvexHttpClient(backend.url);
  const outcome = await http.action(api.accounts.password.signUp, {
    secret,
    address: "127.0.0.1",
    previousTokenHash: null,
    name: "Nora",
    email,
    password: "correct horse battery",
  });
  if (!outcome.ok) throw new Error(`Signing up failed: ${outcome.message}`);
  return openSession(backend, hashSessionToken(outcome.sessionToken));
}

/** Goes on with a session, as a browser does with its cookie. */
function openSession(backend: TestBackend, tokenHash: string): Visitor {
  const http = new ConvexHttpClient(backend.url);
  const secret = backend.secrets.serverSecret;
  const client = new ConvexClient(backend.url, { logger: false });
  const token = async () => {
    // A backend that was ended under us: the client asks again when it is back.
    const person = await http.query(api.accounts.sessions.resolve, { secret, tokenHash }).catch(() => null);
    if (person === null) return null;
    const { authPrivateKey: privateKey, issuer } = backend.secrets;
    return await signAccessToken({ privateKey, issuer }, person, Date.now());
  };
  client.setAuth(token);
  return {
    client,
    session: tokenHash,
    async token() {
      const made = await token();
      if (made === null) throw new Error("The session is over.");
      return made;
    },
    until: (query, args, wanted) => until(client, query, args, wanted),
    async reconnect(next) {
      await client.close();
      return openSession(next, tokenHash);
    },
    close: () => client.close(),
  };
}

function until<Query extends FunctionReference<"query">>(
  client: ConvexClient,
  query: Query,
  args: FunctionArgs<Query>,
  wanted: (value: FunctionReturnType<Query>) => boolean,
): Promise<FunctionReturnType<Query>> {
  return new Promise((resolve, reject) => {
    let last: unknown = "nothing yet";
    const end = (finish: () => void) => {
      clearTimeout(patience);
      stop();
      finish();
    };
    const patience = setTimeout(
      () => end(() => reject(new Error(`Waited in vain; the last answer: ${JSON.stringify(last)?.slice(0, 2_000)}`))),
      patienceMs,
    );
    const stop = client.onUpdate(
      query,
      args,
      (value: FunctionReturnType<Query>) => {
        last = value;
        if (wanted(value)) end(() => resolve(value));
      },
      (error) => end(() => reject(error)),
    );
  });
}
