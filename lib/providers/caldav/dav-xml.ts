/**
 * Readers for the compact objects that tsdav makes of XML: names in camelCase without their prefixes, text as a
 * string or as the number or boolean it looks like, one child as itself and several as an array.
 */

/** A child element by name; null where it is absent or `node` has no children. */
export function childOf(node: unknown, name: string): unknown {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return null;
  return Object.entries(node).find(([key]) => key === name)?.[1] ?? null;
}

/** A child that may repeat, always as a list. */
export function childrenOf(node: unknown, name: string): unknown[] {
  const child = childOf(node, name);
  return child === null ? [] : Array.isArray(child) ? child : [child];
}

/** The text of an element, CDATA included; null where it has none. */
export function textOf(node: unknown): string | null {
  if (typeof node === "string") return node;
  if (typeof node === "number" || typeof node === "boolean") return String(node);
  const text = childOf(node, "_cdata") ?? childOf(node, "_text");
  if (Array.isArray(text)) return text.map((part) => textOf(part) ?? "").join("");
  return text === null ? null : textOf(text);
}

/**
 * Text that has to be compared or sent back as it was. Null where the parser may have changed it: of `1.50` and of a
 * long fraction it makes a number, and two such texts could become the same.
 */
export function exactTextOf(node: unknown): string | null {
  if (typeof node === "number" && !Number.isSafeInteger(node)) return null;
  return textOf(node)?.trim() || null;
}

/** The hrefs inside a property such as `current-user-principal`. */
export function hrefsOf(node: unknown): string[] {
  return (Array.isArray(node) ? node : [node]).flatMap((item) =>
    childrenOf(item, "href").flatMap((href) => textOf(href)?.trim() || []),
  );
}

/** Names of the child elements. */
export function childNames(node: unknown): string[] {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return [];
  return Object.keys(node).filter((key) => !key.startsWith("_"));
}

/** An attribute of an element. */
export function attributeOf(node: unknown, name: string): string | null {
  return textOf(childOf(childOf(node, "_attributes"), name));
}
