import { CALENDAR_COLORS, type CalendarColor } from "./calendar-colors";

/**
 * The hue of each colour's mark in OKLCH, in degrees: distances in this space are as large as they look.
 * Stone has no hue; it stands for greys.
 */
const HUES: Record<Exclude<CalendarColor, "stone">, number> = {
  tomato: 27,
  orange: 52,
  ochre: 85,
  green: 146,
  teal: 184,
  sky: 230,
  cobalt: 261,
  violet: 297,
  pink: 350,
};

/** Below this OKLCH chroma a colour reads as grey. */
const GREY_CHROMA = 0.035;

function toLinear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Hue and chroma of `#rrggbb` in OKLCH (https://bottosson.github.io/posts/oklab/). */
function hueAndChroma(hex: string): { hue: number; chroma: number } {
  const channel = (at: number) => toLinear(Number.parseInt(hex.slice(at, at + 2), 16));
  const [red, green, blue] = [channel(1), channel(3), channel(5)];
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  return { hue: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360, chroma: Math.hypot(a, b) };
}

function hueDistance(one: number, other: number): number {
  const apart = Math.abs(one - other) % 360;
  return Math.min(apart, 360 - apart);
}

/** FNV-1a: the same name always lands on the same number. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

/**
 * The colour to show for a calendar: the nearest of the ten by hue, stone for greys, and where
 * the provider has none (or not `#rrggbb`) a choice that depends on the name alone.
 */
export function nearestColor(providerColor: string | null, name: string): CalendarColor {
  const hues = Object.entries(HUES) as [Exclude<CalendarColor, "stone">, number][];
  if (providerColor === null || !/^#[0-9a-f]{6}$/i.test(providerColor)) {
    return CALENDAR_COLORS[hash(name) % hues.length] ?? "stone";
  }
  const { hue, chroma } = hueAndChroma(providerColor);
  if (chroma < GREY_CHROMA) return "stone";
  return hues.reduce((best, next) => (hueDistance(next[1], hue) < hueDistance(best[1], hue) ? next : best))[0];
}
