import type { EngineCapabilities } from "../engine";

/** FullCalendar can drag, resize and create; until edits have a way to the provider it is not asked to. */
export const FULLCALENDAR_CAPABILITIES: EngineCapabilities = {
  renders: "events",
  views: ["month", "week", "day", "list"],
  drag: false,
  resize: false,
  create: false,
};
