import { CalendarRange, type LucideIcon, Plug } from "lucide-react";

/** The pages of the workspace, in the order of the rail and the tab bar. */
export const DESTINATIONS: readonly { href: "/calendar" | "/connections"; label: string; icon: LucideIcon }[] = [
  { href: "/calendar", label: "Calendar", icon: CalendarRange },
  { href: "/connections", label: "Connections", icon: Plug },
];
