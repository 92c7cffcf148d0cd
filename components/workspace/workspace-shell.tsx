"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useCallback, useState } from "react";
import { ViewerProvider } from "@/components/time/viewer-context";
import { Sheet } from "@/components/ui/sheet";
import { useScreen } from "@/components/ui/use-screen";
import { OfflineNote } from "./offline-note";
import { Rail } from "./rail/rail";
import { RailSheetContext } from "./rail-sheet-context";
import { ShellSkeleton } from "./shell-skeleton";
import { TabBar } from "./tab-bar";

/** Rail and page side by side; on small screens the page alone, with tabs below and the rail in a sheet. */
function Shell({ children }: { children: ReactNode }) {
  const narrow = useScreen("narrow");
  const pathname = usePathname();
  const [railOpenOn, setRailOpenOn] = useState<string | null>(null);
  const openRail = useCallback(() => setRailOpenOn(pathname), [pathname]);
  return (
    <RailSheetContext value={openRail}>
      <div className="flex h-dvh overflow-hidden narrow:flex-col">
        {narrow ? null : (
          <aside aria-label="Calendars" className="flex w-(--rail) shrink-0 flex-col border-r border-line">
            <Rail />
          </aside>
        )}
        <main className="flex min-h-0 min-w-0 flex-1 flex-col">
          <OfflineNote />
          {children}
        </main>
        <TabBar />
      </div>
      {narrow ? (
        // Going to another page closes the sheet.
        <Sheet side="start" label="Calendars and account" open={railOpenOn === pathname} onOpenChange={(open) => setRailOpenOn(open ? pathname : null)}>
          <Rail />
        </Sheet>
      ) : null}
    </RailSheetContext>
  );
}

/** Everything around the pages of the workspace. */
export function WorkspaceShell({ children }: { children: ReactNode }) {
  return (
    <ViewerProvider fallback={<ShellSkeleton />}>
      <Shell>{children}</Shell>
    </ViewerProvider>
  );
}
