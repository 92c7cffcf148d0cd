import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const input = cva(
  "w-full rounded-control bg-surface px-2.5 shadow-[inset_0_0_0_1px_var(--line-strong)] outline-none transition-shadow focus:shadow-[inset_0_0_0_1px_var(--accent),0_0_0_2px_var(--accent-tint)] aria-invalid:shadow-[inset_0_0_0_1px_var(--bad)] aria-invalid:focus:shadow-[inset_0_0_0_1px_var(--bad),0_0_0_2px_var(--bad-tint)] phone:text-16",
  {
    variants: {
      scale: {
        normal: "h-8 phone:h-10",
        large: "h-9 text-14 phone:h-11",
      },
    },
    defaultVariants: { scale: "normal" },
  },
);

/** A one-line text input. On phones its text is 16 px: below that iOS zooms in on focus. */
export function Input({ scale, className, ...rest }: ComponentProps<"input"> & VariantProps<typeof input>) {
  return <input {...rest} className={cn(input({ scale }), className)} />;
}
