import { describe, expect, it } from "vitest";
import { linkify, webAddress } from "./linkify";

const links = (text: string) => linkify(text).flatMap((part) => part.href ?? []);

describe("linkify", () => {
  it("loses no character", () => {
    const text = "Join (https://meet.example/a?b=c#d), or write to ana@example.org.\nBye";
    expect(linkify(text).map((part) => part.text).join("")).toBe(text);
    expect(links(text)).toEqual(["https://meet.example/a?b=c#d", "mailto:ana@example.org"]);
  });

  it("keeps brackets that belong to the address", () => {
    expect(links("https://en.example/wiki/Vik_(island) is here")).toEqual(["https://en.example/wiki/Vik_(island)"]);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "<img src=x onerror=alert(1)>"])("links nothing in %j", (text) => {
    expect(links(text)).toEqual([]);
  });

  it("does not link an address that hides another host behind a user name", () => {
    expect(links("https://bank.example@evil.example/")).toEqual([]);
  });
});

describe("webAddress", () => {
  it("takes only the web's own schemes", () => {
    expect(webAddress("https://a.example")).toBe("https://a.example/");
    expect(webAddress("javascript:alert(1)")).toBeNull();
    expect(webAddress("Room 4")).toBeNull();
  });
});
