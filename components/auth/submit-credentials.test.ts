import { describe, expect, it } from "vitest";
import { readRefusal } from "./submit-credentials";

describe("readRefusal", () => {
  it("keeps the field and the message of the server", () => {
    expect(readRefusal({ ok: false, field: "email", message: "Taken." })).toEqual({ ok: false, field: "email", message: "Taken." });
  });

  it("shows a message with an unknown field above the form", () => {
    expect(readRefusal({ ok: false, field: "age", message: "No." })).toEqual({ ok: false, field: null, message: "No." });
  });

  it.each([null, "502 Bad Gateway", {}, { message: 7 }])("has words for %j, which is no refusal", (body) => {
    const result = readRefusal(body);
    expect(result).toMatchObject({ ok: false, field: null });
    expect(result.ok ? "" : result.message).not.toBe("");
  });
});
