"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { DESTINATIONS, isAt } from "./destinations";
import { useBadges } from "./use-badges";

/** The pages at the foot of a small screen. */
export function TabBar() {
  const pathname = usePathname();
  const badges = useBadges();
  return (
    <nav
      aria-label="Main"
      className="flex h-[calc(var(--tabbar)+env(safe-area-inset-bottom))] shrink-0 border-t border-line bg-surface px-1 pb-[calc(8px+env(safe-area-inset-bottom))] wide:hidden"
    >
      {DESTINATIONS.map(({ href, label, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={isAt(pathname, href) ? "page" : undefined}
          className="relative flex flex-1 flex-col items-center justify-center gap-[3px] rounded-control text-11 font-medium text-fg-3 aria-[current=page]:text-fg"
        >
          <Icon aria-hidden="true" strokeWidth={1.75} className="size-5" />
          {label}
          {badges[href] ? (
            <span className="absolute top-2 left-[calc(50%+6px)] h-4 min-w-4 rounded-full bg-warn-tint px-1 text-center text-10 leading-4 font-semibold text-warn-text">
              {badges[href].count}
              <span className="sr-only"> {badges[href].words}</span>
            </span>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
