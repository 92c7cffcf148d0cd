"use client";

import { PanelLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { useOpenRail } from "./rail-sheet-context";

/** The bar above a page. Where the rail is hidden, it ends with the button that shows it. */
export function TopBar({ children }: { children: ReactNode }) {
  const openRail = useOpenRail();
  return (
    <header className="flex h-(--topbar) shrink-0 items-center gap-2 border-b border-line bg-surface px-4 phone:gap-0 phone:pr-2">
      {children}
      <Button variant="quiet" icon aria-label="Calendars and account" className="wide:hidden" onClick={openRail}>
        <PanelLeft aria-hidden="true" />
      </Button>
    </header>
  );
}
