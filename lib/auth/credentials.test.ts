import { describe, expect, it } from "vitest";
import { checkCredentials, checkRegistration } from "./credentials";

describe("checkRegistration", () => {
  const form = { name: " Nora ", email: " Nora@Example.COM ", password: "long enough" };

  it("trims the name and brings the e-mail into lower case", () => {
    expect(checkRegistration(form)).toEqual({ ok: true, name: "Nora", email: "nora@example.com" });
  });

  it.each([
    ["name", { ...form, name: "  " }],
    ["email", { ...form, email: "nora" }],
    ["email", { ...form, email: `${"n".repeat(250)}@example.com` }],
    ["password", { ...form, password: "too short" }],
    ["password", { ...form, password: "x".repeat(201) }],
  ])("names the field %s when it is wrong", (field, wrong) => {
    expect(checkRegistration(wrong)).toMatchObject({ ok: false, field });
  });

  it("takes anything for a form that is none", () => {
    expect(checkRegistration(null)).toMatchObject({ ok: false });
  });
});

describe("checkCredentials", () => {
  it("lets a short password through, for only sign-up asks for length", () => {
    expect(checkCredentials({ email: "a@example.com", password: "x" })).toEqual({
      ok: true,
      email: "a@example.com",
    });
  });

  it("asks for a password when there is none", () => {
    expect(checkCredentials({ email: "a@example.com", password: "" })).toMatchObject({
      ok: false,
      field: "password",
    });
  });
});
