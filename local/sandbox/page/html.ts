/** Text that is HTML already. Only {@link html} makes it. */
export class Html {
  constructor(readonly text: string) {}
}

export type HtmlPart = string | Html | readonly HtmlPart[];

/** A template whose values are escaped, unless they are HTML themselves. A list is put down one after the other. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  return new Html(strings.map((text, index) => (index === 0 ? text : `${rendered(values[index - 1] ?? "")}${text}`)).join(""));
}

function rendered(value: HtmlPart): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "string") return escaped(value);
  return value.map(rendered).join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
