import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** What a test may want otherwise about a token. */
export interface TokenChanges {
  readonly issuer?: string;
  readonly audience?: string;
  readonly kid?: string;
  /** Until when it is good, in seconds from now; below 0 it is over. */
  readonly lifetimeS?: number;
  /** Claims about the person, as Clerk's JWT template "convex" has them. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signed with a key that the issuer has never published. */
  readonly forged?: boolean;
}

/** An OpenID Connect issuer on this machine, with a key of its own: what Clerk's instance is to the deployment. */
export interface Issuer {
  readonly url: string;
  /** What it was asked for. */
  readonly requests: readonly string[];
  token(subject: string, changes?: TokenChanges): Promise<string>;
  stop(): Promise<void>;
}

const KID = "key-1";

/** Starts an issuer on a free loopback port. */
export async function startIssuer(): Promise<Issuer> {
  const published = await generateKeyPair("RS256", { extractable: true });
  const unpublished = await generateKeyPair("RS256");
  const keys = [{ ...(await exportJWK(published.publicKey)), kid: KID, alg: "RS256", use: "sig" }];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const address = request.url ?? "";
    requests.push(address);
    const documents: Record<string, unknown> = {
      "/.well-known/openid-configuration": { issuer: url, jwks_uri: `${url}/.well-known/jwks.json` },
      "/.well-known/jwks.json": { keys },
    };
    const document = documents[address];
    response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(document ?? {}));
  });
  const url = await listen(server);
  return {
    url,
    requests,
    token(subject, { issuer = url, audience = "convex", kid = KID, lifetimeS = 60, claims = {}, forged = false } = {}) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "RS256", kid, typ: "JWT" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(now - 600)
        .setExpirationTime(now + lifetimeS)
        .sign((forged ? unpublished : published).privateKey);
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
