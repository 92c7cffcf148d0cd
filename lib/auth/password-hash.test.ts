import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./password-hash";

describe("password hashes", () => {
  it("know their own password and no other", async () => {
    const hash = await hashPassword("correct horse battery");
    expect(await verifyPassword("correct horse battery", hash)).toBe(true);
    expect(await verifyPassword("correct horse batterz", hash)).toBe(false);
  });

  it("differ for the same password, and hold none of it", async () => {
    const [one, two] = await Promise.all([hashPassword("same words"), hashPassword("same words")]);
    expect(one).not.toBe(two);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  });

  it("accept a password typed in another Unicode form", async () => {
    expect(await verifyPassword("caf\u0065\u0301 noir", await hashPassword("caf\u00e9 noir"))).toBe(true);
  });

  it("say no where there is no account or the hash is of another kind", async () => {
    expect(await verifyPassword("anything", null)).toBe(false);
    expect(await verifyPassword("anything", "bcrypt$whatever")).toBe(false);
  });
});
