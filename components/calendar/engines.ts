import dynamic from "next/dynamic";
import { CalendarSkeleton } from "./calendar-skeleton";
import type { Engine } from "./engine";
import { FULLCALENDAR_CAPABILITIES } from "./fullcalendar/capabilities";

/** The engines by the name they have in the address. Each is loaded when it is first shown. */
export const ENGINES = {
  fullcalendar: {
    name: "FullCalendar",
    capabilities: FULLCALENDAR_CAPABILITIES,
    Component: dynamic(() => import("./fullcalendar/fullcalendar-engine"), { ssr: false, loading: CalendarSkeleton }),
  },
} satisfies Record<string, Engine>;
