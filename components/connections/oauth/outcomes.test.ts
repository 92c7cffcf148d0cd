import { describe, expect, it } from "vitest";
import { outcomeText } from "./outcomes";

describe("outcomeText", () => {
  it("names the provider", () => {
    expect(outcomeText("connected", "Google Calendar")).toMatchObject({ tone: "neutral", title: "Google Calendar is connected" });
  });

  it.each(["__proto__", "constructor", "<b>hello</b>", ""])("shows nothing of a code that it does not know (%j)", (code) => {
    expect(outcomeText(code, "Google Calendar")).toEqual({
      tone: "bad",
      title: "Google Calendar was not connected",
      detail: expect.not.stringContaining("<b>"),
    });
  });
});
