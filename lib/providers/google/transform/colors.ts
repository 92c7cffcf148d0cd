/** The event palette that the API's `colors.get` answers for everybody: `colorId` and background. */
const PALETTE: Readonly<Record<string, string>> = {
  "1": "#a4bdfc",
  "2": "#7ae7bf",
  "3": "#dbadff",
  "4": "#ff887c",
  "5": "#fbd75b",
  "6": "#ffb878",
  "7": "#46d6db",
  "8": "#e1e1e1",
  "9": "#5484ed",
  "10": "#51b749",
  "11": "#dc2127",
};

/** `#rrggbb` of a palette entry; null for an id that is not in it. */
export function colorOf(colorId: string): string | null {
  return Object.hasOwn(PALETTE, colorId) ? (PALETTE[colorId] ?? null) : null;
}

/** The palette entry of exactly this colour, or null. */
export function exactColorId(color: string): string | null {
  return Object.keys(PALETTE).find((id) => PALETTE[id] === color.toLowerCase()) ?? null;
}

/** The palette entry that looks most like `#rrggbb`. */
export function nearestColorId(color: string): string {
  const parts = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const wanted = parts(color);
  const distance = (hex: string) => parts(hex).reduce((sum, part, index) => sum + (part - (wanted[index] ?? 0)) ** 2, 0);
  const [nearest] = Object.entries(PALETTE).sort(([, a], [, b]) => distance(a) - distance(b));
  return nearest?.[0] ?? "1";
}
