import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "./class-names";

const callout = cva("flex gap-2.5 rounded-control px-3 py-2.5 text-12 text-fg-2 [&>svg]:mt-px [&>svg]:size-4 [&>svg]:shrink-0", {
  variants: {
    tone: {
      neutral: "bg-hover [&>svg]:text-fg-3",
      warn: "bg-warn-tint [&_strong]:text-warn-text [&>svg]:text-warn-text",
      bad: "bg-bad-tint [&_strong]:text-bad-text [&>svg]:text-bad-text",
    },
  },
  defaultVariants: { tone: "neutral" },
});

interface CalloutProps extends VariantProps<typeof callout> {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  /** Announced as soon as it appears. */
  urgent?: boolean;
  className?: string;
}

/** Something to know or to act on, with its reason and what to do. */
export function Callout({ tone, icon, title, children, urgent, className }: CalloutProps) {
  return (
    <div role={urgent ? "alert" : undefined} className={cn(callout({ tone }), className)}>
      {icon}
      <div className="min-w-0 flex-1">
        <strong className="block font-semibold text-fg">{title}</strong>
        {children}
      </div>
    </div>
  );
}
