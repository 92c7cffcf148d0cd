import type { ReactNode } from "react";

/** One key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-chip bg-hover px-1 font-sans text-11 font-medium text-fg-2 shadow-[inset_0_0_0_1px_var(--line)]">
      {children}
    </kbd>
  );
}
