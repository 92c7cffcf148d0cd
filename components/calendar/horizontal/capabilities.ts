import type { EngineCapabilities } from "../engine";

/** The year; it shows and opens events, and does not change them yet. */
export const HORIZONTAL_CAPABILITIES: EngineCapabilities = {
  renders: "events",
  views: ["year"],
  drag: false,
  resize: false,
  create: false,
};
