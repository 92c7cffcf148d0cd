import { connection } from "next/server";
import type { ReactNode } from "react";
import { YearPicture } from "@/components/auth/year-picture/year-picture";
import { Logo } from "@/components/ui/logo";

/** The door: the form on paper at the left, a year of one life at the right. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  await connection();
  const today = new Date().toISOString().slice(0, 10);
  return (
    <div className="grid min-h-dvh grid-cols-[520px_minmax(0,1fr)] narrow:block">
      <main className="flex min-h-dvh flex-col border-r border-line bg-surface px-18 py-6 narrow:mx-auto narrow:border-0 narrow:px-6 narrow:sm:px-[max(24px,calc(50vw-188px))]">
        <div className="flex h-12 items-center gap-2.5 text-14 font-semibold tracking-[-0.01em]">
          <Logo className="size-4" />
          LinearTime
        </div>
        {children}
      </main>
      <aside
        aria-label="About LinearTime"
        className="flex flex-col justify-center overflow-hidden bg-ground px-14 py-6 narrow:hidden"
      >
        <p className="text-28 font-semibold tracking-[-0.025em]">Life is bigger than a week.</p>
        <p className="mt-2 mb-8 text-14 text-fg-2">Every calendar you have, live in one place.</p>
        <YearPicture today={today} />
      </aside>
    </div>
  );
}
