import { cva } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "./class-names";

/** Live, waiting, busy, needs somebody, failed: each with a shape of its own. */
export type StatusTone = "live" | "waiting" | "busy" | "attention" | "failed";

const shape = cva("inline-block shrink-0", {
  variants: {
    tone: {
      live: "size-1.5 rounded-full bg-ok",
      waiting: "size-[7px] rounded-full border-[1.5px] border-fg-3",
      busy: "-ml-px size-2 animate-turn rounded-full border-[1.5px] border-accent border-r-transparent",
      attention: "size-1.5 rotate-45 rounded-[1px] bg-warn",
      failed: "size-1.5 rounded-[1px] bg-bad",
    },
  },
});

const words = cva("inline-flex items-center gap-[5px] whitespace-nowrap text-11 tabular-nums", {
  variants: {
    tone: {
      live: "text-fg-3",
      waiting: "text-fg-3",
      busy: "text-accent-text",
      attention: "text-warn-text",
      failed: "text-bad-text",
    },
  },
});

interface StatusDotProps {
  tone: StatusTone;
  /** The words of the state. */
  children: ReactNode;
  /** Said to screen readers, and on hover, instead of the short words. */
  description?: string;
  className?: string;
}

/** A state as a shape with words. */
export function StatusDot({ tone, children, description, className }: StatusDotProps) {
  return (
    <span className={cn(words({ tone }), className)} title={description}>
      <span aria-hidden="true" className={shape({ tone })} />
      {description ? (
        <>
          <span className="sr-only">{description}</span>
          <span aria-hidden="true">{children}</span>
        </>
      ) : (
        children
      )}
    </span>
  );
}
