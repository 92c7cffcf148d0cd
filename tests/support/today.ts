import { Temporal } from "temporal-polyfill";

/** Where the browsers of the tests are. */
export const zone = "Europe/Berlin";

/** The day that it is there, `2026-11-21`: for an hour or two of each it is another than in UTC. */
export const today = Temporal.Now.plainDateISO(zone).toString();
