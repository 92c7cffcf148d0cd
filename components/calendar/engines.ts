import dynamic from "next/dynamic";
import { CalendarSkeleton } from "./calendar-skeleton";
import type { Engine } from "./engine";
import { FULLCALENDAR_CAPABILITIES } from "./fullcalendar/capabilities";
import { HORIZONTAL_CAPABILITIES } from "./horizontal/capabilities";
import { YearSkeleton } from "./horizontal/year-skeleton";
import type { CalendarView } from "./views";

/** The engines by the name they have in the address. Each is loaded when it is first shown. */
export const ENGINES = {
  horizontal: {
    name: "Horizontal",
    capabilities: HORIZONTAL_CAPABILITIES,
    Component: dynamic(() => import("./horizontal/horizontal-engine"), { ssr: false, loading: YearSkeleton }),
  },
  fullcalendar: {
    name: "FullCalendar",
    capabilities: FULLCALENDAR_CAPABILITIES,
    Component: dynamic(() => import("./fullcalendar/fullcalendar-engine"), { ssr: false, loading: CalendarSkeleton }),
  },
} satisfies Record<string, Engine>;

/** The engine that shows a view: ours for the year, FullCalendar for all else. */
export function engineFor(view: CalendarView): Engine {
  return view === "year" ? ENGINES.horizontal : ENGINES.fullcalendar;
}
