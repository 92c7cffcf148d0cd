import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlOfText, looksLikeHtml, textOfHtml } from "./html-text";

describe("the text of HTML", () => {
  it.each([
    ["<html><head><style>p { }</style><title>t</title></head>\r\n<body>\r\n<p>One\r\n two</p>\r\n<p>three</p>\r\n</body></html>", "One two\nthree"],
    ["a<br>b<br/><br>c", "a\nb\n\nc"],
    ["<ul><li>one</li><li><b>two</b> <i>three</i></li></ul>", "one\ntwo three"],
    ["5 &lt; 6 &amp;&nbsp; 7 &#127801;", "5 < 6 &  7 🌹"],
    ["<div class=\"PlainText\">&nbsp;</div>", " "],
    ["<a href=\"https://example.com\">Join</a> now", "Join now"],
    ["unclosed <b>bold", "unclosed bold"],
    ["<script>alert(1)</script>safe", "safe"],
    ["", ""],
  ])("%j is %j", (html, text) => expect(textOfHtml(html)).toBe(text));

  it("is found in a time that grows with the length only, or the test's own time-out ends it", () => {
    for (const html of ["<".repeat(400_000), "<b>".repeat(200_000), "&".repeat(400_000), " ".repeat(400_000), `<a ${"x=".repeat(200_000)}`, "a <br>".repeat(100_000), "<p>a ".repeat(100_000)]) {
      expect(typeof textOfHtml(html)).toBe("string");
      expect(typeof looksLikeHtml(html)).toBe("boolean");
    }
  });
});

describe("text as HTML", () => {
  it("is read as the same text", () => {
    const line = fc.array(fc.constantFrom("a", "<b>", "&amp;", "&", " ", "  ", "ü"), { maxLength: 6 }).map((parts) => parts.join(""));
    fc.assert(fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const text = lines.join("\n");
      expect(textOfHtml(htmlOfText(text))).toBe(text);
    }), { numRuns: 500, seed: 3 });
  });
});

describe("a text that may be either", () => {
  it.each([["<b>x</b>", true], ["a<br>b", true], ["a &amp; b", true], ["5 < 6 > 4", false], ["<someone@example.com>", false], ["R&D", false]])("%j: %s", (text, html) => expect(looksLikeHtml(text)).toBe(html));
});
