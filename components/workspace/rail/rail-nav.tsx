"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { DESTINATIONS } from "../destinations";
import { useAttentionCount } from "../use-attention-count";

/** The pages of the workspace. Where the tab bar has them, they are not repeated. */
export function RailNav() {
  const pathname = usePathname();
  const attention = useAttentionCount();
  return (
    <nav aria-label="Main" className="px-2 pb-2 narrow:hidden">
      {DESTINATIONS.map(({ href, label, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? "page" : undefined}
          className="flex h-7 items-center gap-2 rounded-control px-2 text-fg-2 transition-colors hover:bg-hover hover:text-fg aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-fg"
        >
          <Icon aria-hidden="true" strokeWidth={1.75} className="size-4" />
          {label}
          {href === "/connections" && attention > 0 ? (
            <Badge tone="warn" className="ml-auto">
              {attention}
              <span className="sr-only"> need attention</span>
            </Badge>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
