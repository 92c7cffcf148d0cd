import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair, importPKCS8 } from "jose";
import { z } from "zod";
import { defaultOf } from "../../lib/environment/defaults";
import { encryptionKeys, secret } from "../../lib/environment/shapes";
import type { Environment } from "../../lib/environment/validate";
import { StartError } from "./start-error";

const shape = z.object({
  adminKey: secret,
  serverSecret: secret,
  encryptionKeys,
  /** PKCS #8, base64 of the PEM text. */
  authPrivateKey: z.string().min(1),
});

type MadeSecrets = z.infer<typeof shape>;

/** Everything secret that a start hands to its parts, and the public half of the signing key. */
export interface Secrets extends MadeSecrets {
  readonly issuer: string;
  /** Address of the key set, as the deployment's LOCAL_AUTH_JWKS. */
  readonly jwks: string;
}

/**
 * The secrets of this installation: made at the first start, kept in a file that only its owner can read,
 * the same ever after. What the environment sets goes first and is not stored.
 */
export async function readSecrets(file: string, environment: Environment): Promise<Secrets> {
  const made = existsSync(file) ? readMade(file) : keep(file, await newSecrets());
  const authPrivateKey = environment.LOCAL_AUTH_PRIVATE_KEY ?? made.authPrivateKey;
  return {
    adminKey: environment.LINEARTIME_ADMIN_KEY ?? made.adminKey,
    serverSecret: environment.LINEARTIME_SERVER_SECRET ?? made.serverSecret,
    encryptionKeys: environment.CONVEX_ENCRYPTION_KEYS ?? environment.CONVEX_ENCRYPTION_KEY ?? made.encryptionKeys,
    authPrivateKey,
    issuer: environment.LOCAL_AUTH_ISSUER ?? defaultOf("LOCAL_AUTH_ISSUER"),
    jwks: environment.LOCAL_AUTH_JWKS ?? (await keySetAddress(authPrivateKey)),
  };
}

function readMade(file: string): MadeSecrets {
  chmodSync(file, 0o600);
  const parsed = shape.safeParse(parseJson(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data;
  throw new StartError(
    `${file} is damaged.\nPut back a copy of it: with new secrets nobody is signed in any more, and stored credentials do not open.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Fresh secrets for one installation. */
export async function newSecrets(): Promise<MadeSecrets> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  return {
    adminKey: randomBytes(32).toString("hex"),
    serverSecret: randomBytes(32).toString("hex"),
    encryptionKeys: `k1:${randomBytes(32).toString("base64")}`,
    authPrivateKey: Buffer.from(await exportPKCS8(privateKey)).toString("base64"),
  };
}

/** Writes them whole or not at all: half a secrets file would lock the installation's data for good. */
function keep(file: string, made: MadeSecrets): MadeSecrets {
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}

/** The public half of a PKCS #8 key as a key set inside a `data:` address. Throws a StartError for any other key. */
export async function keySetAddress(pkcs8: string): Promise<string> {
  try {
    const pem = Buffer.from(pkcs8, "base64").toString("utf8");
    const privateKey = await importPKCS8(pem, "ES256", { extractable: true });
    const { kty, crv, x, y } = await exportJWK(privateKey);
    const publicKey = { kty, crv, x, y };
    const kid = await calculateJwkThumbprint(publicKey);
    const keySet = JSON.stringify({ keys: [{ ...publicKey, kid, alg: "ES256", use: "sig" }] });
    return `data:text/plain;charset=utf-8;base64,${Buffer.from(keySet).toString("base64")}`;
  } catch {
    throw new StartError("LOCAL_AUTH_PRIVATE_KEY is malformed: it should hold a P-256 private key, the PEM text of its PKCS #8 form, in base64.");
  }
}
