import colorNames from "color-name";

/** `#rrggbb` of a CSS colour name, the form COLOR has (RFC 7986 §5.9); null for anything else. */
export function hexOfColorName(name: string): string | null {
  const key = name.trim().toLowerCase();
  const rgb = Object.hasOwn(colorNames, key) ? colorNames[key] : undefined;
  return rgb === undefined ? null : `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** The CSS colour name that looks most like `#rrggbb`. */
export function nearestColorName(hex: string): string {
  const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  let best = { name: "black", distance: Infinity };
  for (const [name, rgb] of Object.entries(colorNames)) {
    const distance = rgb.reduce((sum, part, index) => sum + (part - (wanted[index] ?? 0)) ** 2, 0);
    if (distance < best.distance) best = { name, distance };
  }
  return best.name;
}
