/** Backgrounds of calendar colours by their id; the ones that Google's clients show most. */
export const CALENDAR_COLORS: Readonly<Record<string, string>> = {
  "2": "#d06b64",
  "3": "#f83a22",
  "4": "#fa573c",
  "6": "#ffad46",
  "7": "#42d692",
  "8": "#16a765",
  "11": "#fbe983",
  "14": "#9fe1e7",
  "16": "#4986e7",
  "17": "#9a9cff",
  "19": "#c2c2c2",
  "22": "#f691b2",
  "24": "#a47ae2",
};

/** Backgrounds of event colours by their id. */
export const EVENT_COLORS: Readonly<Record<string, string>> = {
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

/** On every one of them. */
export const FOREGROUND = "#1d1d1d";
/** For calendars whose colour id is none of these. */
export const USUAL_COLOR = "16";
