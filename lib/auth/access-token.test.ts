import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair, jwtVerify } from "jose";
import { expect, it } from "vitest";
import { signAccessToken } from "./access-token";

it("signs a token that Convex accepts for ten minutes, for this person only", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const pem = await exportPKCS8(privateKey);
  const now = Date.UTC(2026, 5, 1, 12);
  const token = await signAccessToken(
    { privateKey: Buffer.from(pem).toString("base64"), issuer: "https://issuer.example" },
    { subject: "person-1", email: "nora@example.com", name: "Nora" },
    now,
  );
  const checks = { issuer: "https://issuer.example", audience: "convex", algorithms: ["ES256"] };
  const { payload, protectedHeader } = await jwtVerify(token, publicKey, { ...checks, currentDate: new Date(now) });
  expect(payload).toMatchObject({ sub: "person-1", email: "nora@example.com", name: "Nora" });
  // Convex looks the key up by this, and the published set names it so.
  expect(protectedHeader).toEqual({ alg: "ES256", typ: "JWT", kid: await calculateJwkThumbprint(await exportJWK(publicKey)) });
  const late = new Date(now + 10 * 60_000 + 1_000);
  await expect(jwtVerify(token, publicKey, { ...checks, currentDate: late })).rejects.toThrow(/exp/);
});
