import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

interface PanelProps {
  title: string;
  /** A few words after the title. */
  note?: ReactNode;
  /** At the end of the heading. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A card with a heading. */
export function Panel({ title, note, aside, className, children }: PanelProps) {
  return (
    <section aria-label={title} className={cn("flex min-w-0 flex-col rounded-card border border-line bg-surface", className)}>
      <div className="flex min-h-12 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2">
        <h2 className="font-semibold">{title}</h2>
        {note ? <span className="text-12 text-fg-3 tabular-nums">{note}</span> : null}
        {aside ? <div className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-2">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}

/** What stands where there is nothing to show. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-96 flex-col items-center px-4 py-12 text-center">
      <p className="text-14 font-semibold">{title}</p>
      {children ? <p className="mt-1 text-fg-2">{children}</p> : null}
    </div>
  );
}
