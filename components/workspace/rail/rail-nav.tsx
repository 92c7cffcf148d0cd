"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { DESTINATIONS, isAt } from "../destinations";
import { useBadges } from "../use-badges";

/** The pages of the workspace. Where the tab bar has them, they are not repeated. */
export function RailNav() {
  const pathname = usePathname();
  const badges = useBadges();
  return (
    <nav aria-label="Main" className="px-2 pb-2 narrow:hidden">
      {DESTINATIONS.map(({ href, label, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={isAt(pathname, href) ? "page" : undefined}
          className="flex h-7 items-center gap-2 rounded-control px-2 text-fg-2 transition-colors hover:bg-hover hover:text-fg aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-fg"
        >
          <Icon aria-hidden="true" strokeWidth={1.75} className="size-4" />
          {label}
          {badges[href] ? (
            <Badge tone="warn" className="ml-auto">
              {badges[href].count}
              <span className="sr-only"> {badges[href].words}</span>
            </Badge>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
