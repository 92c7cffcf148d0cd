import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRemoteJWKSet, customFetch, importPKCS8, jwtVerify, SignJWT } from "jose";
import { afterEach, beforeEach, expect, it } from "vitest";
import { validateEnvironment } from "../../lib/environment/validate";
import { readSecrets } from "./secrets";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "lineartime-secrets-"));
  file = path.join(folder, "secrets.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("are made once, for the owner's eyes only, and stay the same", async () => {
  const first = await readSecrets(file, {});
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await readSecrets(file, {})).toEqual(first);
});

it("are what the environment's rules ask for", async () => {
  const { adminKey, serverSecret, encryptionKeys, authPrivateKey, jwks, issuer } = await readSecrets(file, {});
  const environment = {
    LINEARTIME_ADMIN_KEY: adminKey,
    LINEARTIME_SERVER_SECRET: serverSecret,
    CONVEX_ENCRYPTION_KEYS: encryptionKeys,
    LOCAL_AUTH_PRIVATE_KEY: authPrivateKey,
    LOCAL_AUTH_JWKS: jwks,
    LOCAL_AUTH_ISSUER: issuer,
  };
  expect(validateEnvironment(environment)).toMatchObject({ ok: true });
});

it("hold a signing key whose signatures the published key set accepts", async () => {
  const { authPrivateKey, jwks } = await readSecrets(file, {});
  const key = await importPKCS8(Buffer.from(authPrivateKey, "base64").toString("utf8"), "ES256");
  const token = await new SignJWT({}).setProtectedHeader({ alg: "ES256" }).setSubject("nora").sign(key);
  const keySet = createRemoteJWKSet(new URL("https://keys.invalid/"), { [customFetch]: () => fetch(jwks) });
  await expect(jwtVerify(token, keySet)).resolves.toMatchObject({ payload: { sub: "nora" } });
});

it("give way to what the environment sets, which is not stored", async () => {
  await readSecrets(file, {});
  const before = readFileSync(file, "utf8");
  const serverSecret = "y".repeat(40);
  expect(await readSecrets(file, { LINEARTIME_SERVER_SECRET: serverSecret })).toMatchObject({ serverSecret });
  expect(readFileSync(file, "utf8")).toBe(before);
});

it("are never made anew over a damaged file", async () => {
  writeFileSync(file, "{}");
  await expect(readSecrets(file, {})).rejects.toThrow(/is damaged/);
  expect(readFileSync(file, "utf8")).toBe("{}");
});

it("refuse a private key of another kind by the name of its variable", async () => {
  await expect(readSecrets(file, { LOCAL_AUTH_PRIVATE_KEY: "QUJD" })).rejects.toThrow(/^LOCAL_AUTH_PRIVATE_KEY is malformed/);
});
