import { icalJs } from "./ical-js";
import type { Library } from "./library";
import { lineartime } from "./lineartime";
import { rrule } from "./rrule";
import { rruleTemporal } from "./rrule-temporal";

/** LinearTime's own expansion and those that others would reach for, by the name that is printed. */
export const libraries = {
  lineartime,
  "rrule": rrule,
  "rrule-temporal": rruleTemporal,
  "ical.js": icalJs,
} satisfies Record<string, Library>;

export type LibraryName = keyof typeof libraries;
