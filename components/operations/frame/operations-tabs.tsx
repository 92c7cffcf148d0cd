"use client";

import { useQuery } from "convex/react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { api } from "@/convex/_generated/api";
import { type Scope, useScope } from "./scope";

const TABS = [
  { href: "/operations", label: "Overview" },
  { href: "/operations/jobs", label: "Jobs" },
  { href: "/operations/dead-letters", label: "Dead letters" },
  { href: "/operations/webhooks", label: "Webhooks" },
  { href: "/operations/alerts", label: "Alerts" },
  { href: "/operations/audit", label: "Audit" },
] as const;

function useCounts(scope: Scope): Partial<Record<(typeof TABS)[number]["href"], { count: number; words: string; tone: "neutral" | "warn" }>> {
  const queue = useQuery(api.monitoring.overview.queueNow, { scope });
  const alerts = useQuery(api.monitoring.alerts.list.open, { scope });
  return {
    ...(queue?.failed ? { "/operations/dead-letters": { count: queue.failed, words: "waiting for a decision", tone: "neutral" } } : {}),
    ...(alerts?.length ? { "/operations/alerts": { count: alerts.length, words: "open", tone: "warn" } } : {}),
  };
}

/** The pages about how it runs. What they are about goes with one from page to page. */
export function OperationsTabs({ className }: { className?: string }) {
  const pathname = usePathname();
  const [scope] = useScope();
  const counts = useCounts(scope);
  const nav = useRef<HTMLElement>(null);

  // Where there is no room for all of them: the page one is on stays in sight, also when a count makes a tab wider.
  const widths = TABS.map(({ href }) => String(counts[href]?.count ?? "").length).join();
  useEffect(() => {
    nav.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname, widths]);

  return (
    <nav ref={nav} aria-label="Operations" className={cn("relative flex min-w-0 gap-5 overflow-x-auto [scrollbar-width:none]", className)}>
      {TABS.map(({ href, label }) => (
        <Link
          key={href}
          href={scope === "own" ? href : `${href}?scope=${scope}`}
          aria-current={pathname === href ? "page" : undefined}
          className="flex h-(--topbar) shrink-0 scroll-mx-6 items-center gap-1.5 border-y-2 border-transparent text-fg-2 transition-colors hover:text-fg focus-visible:-outline-offset-2 aria-[current=page]:border-b-ink aria-[current=page]:font-medium aria-[current=page]:text-fg"
        >
          {label}
          {counts[href] ? (
            <Badge tone={counts[href].tone}>
              {counts[href].count >= 200 ? "200+" : counts[href].count}
              <span className="sr-only"> {counts[href].words}</span>
            </Badge>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
