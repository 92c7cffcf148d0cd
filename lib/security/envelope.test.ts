import { describe, expect, it } from "vitest";
import { toBase64Url } from "./base64";
import { type EnvelopeContext, open, parseEncryptionKeys, seal } from "./envelope";

const keyText = (fill: number) => btoa(String.fromCharCode(...new Uint8Array(32).fill(fill)));
const keys = parseEncryptionKeys(`new:${keyText(2)},old:${keyText(1)}`);
const context: EnvelopeContext = { org: "o1", providerConfigId: "p1", provider: "caldav", field: "password" };

describe("an envelope", () => {
  it("opens to what was sealed, for any text", async () => {
    for (const text of ["", "pässwörd 🔑", "x".repeat(10_000)]) expect(await open(keys, context, await seal(keys, context, text))).toBe(text);
  });

  it("has the documented form and never the same twice", async () => {
    const [a, b] = [await seal(keys, context, "secret"), await seal(keys, context, "secret")];
    expect(a).toMatch(/^v1\.new\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{30}$/);
    expect(a).not.toBe(b);
  });

  it.each(Object.keys(context))("does not open in another row: %s", async (part) => {
    const sealed = await seal(keys, context, "secret");
    await expect(open(keys, { ...context, [part]: "other" }, sealed)).rejects.toMatchObject({ code: "not_authentic" });
  });

  it("does not open with one bit flipped, in any part", async () => {
    const sealed = await seal(keys, context, "secret");
    const [version, kid, iv = "", body = ""] = sealed.split(".");
    for (let index = 0; index < body.length; index += 1) {
      const flipped = body.slice(0, index) + (body[index] === "A" ? "B" : "A") + body.slice(index + 1);
      await expect(open(keys, context, [version, kid, iv, flipped].join("."))).rejects.toThrow();
    }
    const otherIv = (iv.startsWith("A") ? "B" : "A") + iv.slice(1);
    await expect(open(keys, context, [version, kid, otherIv, body].join("."))).rejects.toMatchObject({ code: "not_authentic" });
  });

  it("does not open under another key's name, which is bound as well", async () => {
    const same = parseEncryptionKeys(`a:${keyText(1)},b:${keyText(1)}`);
    const sealed = await seal(same, context, "secret");
    await expect(open(same, context, sealed.replace("v1.a.", "v1.b."))).rejects.toMatchObject({ code: "not_authentic" });
  });

  it("names the variable when its key is gone", async () => {
    const sealed = await seal(keys, context, "secret");
    const others = parseEncryptionKeys(keyText(9));
    await expect(open(others, context, sealed)).rejects.toMatchObject({ code: "unknown_key", message: expect.stringContaining("CONVEX_ENCRYPTION_KEYS") });
  });

  it.each(["", "v1", "v2.new.AAAA.BBBB", "v1.new.AAAA.BBBB", "v1..AAAAAAAAAAAAAAAA.BBBB", "v1.new.AAAAAAAAAAAAAAAA.!!!!", "plain password"])("is not %j", async (text) => {
    await expect(open(keys, context, text)).rejects.toMatchObject({ code: "malformed" });
  });

  it("is read with any key and written with the first, so that old ones can be retired", async () => {
    const before = await seal(parseEncryptionKeys(`old:${keyText(1)}`), context, "secret");
    expect(await open(keys, context, before)).toBe("secret");
    expect(await seal(keys, context, "secret")).toMatch(/^v1\.new\./);
  });

  it("refuses a context that could imitate another", async () => {
    await expect(seal(keys, { ...context, org: "o1|p1" }, "x")).rejects.toThrow(TypeError);
    await expect(seal(keys, { ...context, field: "" }, "x")).rejects.toThrow(TypeError);
  });
});

describe("CONVEX_ENCRYPTION_KEYS", () => {
  it("may be one bare key", () => {
    expect(parseEncryptionKeys(` ${keyText(1)} `).primary).toBe("k1");
  });

  it("may be base64url without padding", () => {
    expect(parseEncryptionKeys(`a:${toBase64Url(new Uint8Array(32).fill(255))}`).byId.get("a")).toHaveLength(32);
  });

  it.each([
    [undefined, "not set"], ["", "not set"], [" , ", "not set"],
    [`a:${keyText(1)},${keyText(2)}`, "entry 2 of 2 has no key id"],
    [`a:${btoa("short")}`, "has 5 bytes"],
    ["a:not base64!", "is not base64"],
    [`a b:${keyText(1)}`, "key id"],
    [`a:${keyText(1)},a:${keyText(2)}`, "repeats"],
  ])("%s is refused: %s", (text, message) => {
    expect(() => parseEncryptionKeys(text)).toThrow(message);
    expect(() => parseEncryptionKeys(text)).toThrow("CONVEX_ENCRYPTION_KEYS");
  });

  it("does not show a key in an error", () => {
    const secret = keyText(7).slice(0, 20);
    try {
      parseEncryptionKeys(`a:${secret}`);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain(secret);
    }
  });
});
