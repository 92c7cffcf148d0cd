import { describe, expect, it } from "vitest";
import { sameKey, spellingsOf } from "./hrefs";

describe("the spellings of an href", () => {
  it("are one where nothing needs encoding", () => {
    expect(spellingsOf("/cal/3f2a-77.ics")).toEqual(["/cal/3f2a-77.ics"]);
  });

  it("are those of the servers that are about, whichever of them is given", () => {
    const ways = ["/c/a%40b%20(%C3%A9).ics", "/c/a@b%20(%C3%A9).ics", "/c/a%40b%20%28%C3%A9%29.ics", "/c/a%40b%20(%c3%a9).ics"];
    for (const way of ways) expect(spellingsOf(way)).toEqual(expect.arrayContaining(ways));
  });

  it.each(["/c/a%2Fb%3F%23.ics", "/c/100%25.ics", "/c/half%2.ics", "/c/it's%20(1)*!.ics"])("are all the same object: %s", (path) => {
    expect(new Set(spellingsOf(path).map(sameKey))).toEqual(new Set([sameKey(path)]));
    expect(spellingsOf(path)[0]).toBe(path);
  });
});
