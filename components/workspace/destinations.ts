import { Activity, CalendarRange, type LucideIcon, Plug } from "lucide-react";

export type Destination = "/calendar" | "/connections" | "/operations";

/** The pages of the workspace, in the order of the rail and the tab bar. */
export const DESTINATIONS: readonly { href: Destination; label: string; icon: LucideIcon }[] = [
  { href: "/calendar", label: "Calendar", icon: CalendarRange },
  { href: "/connections", label: "Connections", icon: Plug },
  { href: "/operations", label: "Operations", icon: Activity },
];

/** Whether a path belongs to a destination: it is its page, or one below. */
export function isAt(pathname: string, href: Destination): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
