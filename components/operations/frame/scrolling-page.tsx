import type { ReactNode } from "react";

/** A page that is read from top to bottom. */
export function ScrollingPage({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[1440px] flex-col gap-4 px-8 pt-4 pb-8 phone:gap-3 phone:px-4">{children}</div>
    </div>
  );
}

/** A page that is filled by one table, which scrolls by itself. */
export function TablePage({ children }: { children: ReactNode }) {
  return <div className="mx-auto flex min-h-0 w-full max-w-[1440px] flex-1 flex-col gap-4 px-8 py-4 phone:gap-3 phone:px-4 phone:py-3">{children}</div>;
}
