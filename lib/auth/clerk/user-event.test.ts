import { describe, expect, it } from "vitest";
import { readUserEvent } from "./user-event";

const user = {
  id: "user_1",
  primary_email_address_id: "idn_2",
  email_addresses: [
    { id: "idn_1", email_address: "old@example.com" },
    { id: "idn_2", email_address: "nora@example.com" },
  ],
  first_name: "Nora",
  last_name: "Berg",
  username: null,
  updated_at: 1_800_000_000_000,
};
const read = (type: string, data: unknown) => readUserEvent(JSON.stringify({ type, object: "event", data }));

describe("readUserEvent", () => {
  it("reads the primary address and the full name", () => {
    expect(read("user.created", user)).toEqual({
      kind: "changed",
      subject: "user_1",
      email: "nora@example.com",
      name: "Nora Berg",
      updatedAt: 1_800_000_000_000,
    });
    expect(read("user.updated", user)).toMatchObject({ kind: "changed" });
  });

  it("names a person without a name after their user name or address", () => {
    const nameless = { ...user, first_name: null, last_name: " " };
    expect(read("user.updated", { ...nameless, username: "nora" })).toMatchObject({ name: "nora" });
    expect(read("user.updated", nameless)).toMatchObject({ name: "nora@example.com" });
    expect(read("user.updated", { ...nameless, email_addresses: [] })).toMatchObject({ name: "", email: "" });
  });

  it("reads a deletion, and passes over what is not about a user", () => {
    expect(read("user.deleted", { id: "user_1", deleted: true })).toEqual({ kind: "deleted", subject: "user_1" });
    expect(read("session.created", { id: "sess_1" })).toEqual({ kind: "other" });
  });

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["no type", '{"data":{}}'],
    ["a user without an id", JSON.stringify({ type: "user.created", data: { ...user, id: "" } })],
    ["a time that is none", JSON.stringify({ type: "user.updated", data: { ...user, updated_at: "yesterday" } })],
    ["a deletion of nobody", JSON.stringify({ type: "user.deleted", data: { deleted: true } })],
    ["the id in a prototype", '{"type":"user.deleted","data":{"__proto__":{"id":"user_1"}}}'],
  ])("calls %s malformed", (_, body) => {
    expect(readUserEvent(body)).toEqual({ kind: "malformed" });
  });
});
