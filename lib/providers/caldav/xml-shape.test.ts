import { describe, expect, it } from "vitest";
import { multistatus, objectOf } from "./testing/fake-dav";
import { hasDavShape } from "./xml-shape";

const nested = (levels: number) => "<a>".repeat(levels) + "</a>".repeat(levels);

describe("the shape of a WebDAV answer", () => {
  it.each([
    ["with objects", String(multistatus([["/a.ics", objectOf("1", "BEGIN:VCALENDAR\n<not> a tag, nor </this>")]]).body)],
    ["with comments, instructions and quotes", `<?xml version="1.0"?><!-- <a> <b> --><x y="a > b </x>" z='"/>'><w/></x>`],
    ["with a few levels", nested(50)],
    ["with many elements of the same kind", "<a><b/></a>".repeat(100_000)],
    ["without anything", ""],
  ])("is that of one %s", (_, text) => expect(hasDavShape(text)).toBe(true));

  it.each([
    ["too deep", nested(51)],
    ["never closed", "<a>".repeat(200)],
    ["deep behind closing tags that are none", `<a b="</a></a>">`.repeat(100)],
    ["closed too often", "<a></a></a>"],
    ["of very many kinds", Array.from({ length: 1_000 }, (_, each) => `<a${each}/>`).join("")],
    ["with a document type", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'],
    ["with a comment that does not end", "<a/><!-- "],
    ["with a tag that does not end", '<a b="'],
  ])("is not that of one %s", (_, text) => expect(hasDavShape(text)).toBe(false));
});
