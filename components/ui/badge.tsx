import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const badge = cva(
  "inline-flex h-[18px] shrink-0 items-center gap-1 whitespace-nowrap rounded-full px-1.5 text-11 font-medium tabular-nums",
  {
    variants: {
      tone: {
        neutral: "bg-hover text-fg-2",
        accent: "bg-accent-tint text-accent-text",
        ok: "bg-ok-tint text-ok-text",
        warn: "bg-warn-tint text-warn-text",
        bad: "bg-bad-tint text-bad-text",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

/** A short word in a pill. */
export function Badge({ tone, className, ...rest }: ComponentProps<"span"> & VariantProps<typeof badge>) {
  return <span {...rest} className={cn(badge({ tone }), className)} />;
}
