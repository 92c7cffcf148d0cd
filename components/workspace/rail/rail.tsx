"use client";

import { Logo } from "@/components/ui/logo";
import { AccountList } from "./account-list";
import { MiniMonth } from "./mini-month";
import { RailFoot } from "./rail-foot";
import { RailNav } from "./rail-nav";

/** The left column: where one can go, a month to jump in, every calendar, and whether all is live. */
export function Rail() {
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-ground">
      <div className="flex h-(--topbar) shrink-0 items-center gap-2.5 pr-3 pl-4 text-14 font-semibold tracking-[-0.01em]">
        <Logo className="size-4" />
        LinearTime
      </div>
      <RailNav />
      <MiniMonth />
      <AccountList />
      <RailFoot />
    </div>
  );
}
