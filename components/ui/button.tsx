import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";

const button = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control font-medium transition-colors select-none disabled:cursor-default disabled:opacity-60 aria-disabled:cursor-default aria-disabled:opacity-60 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        plain: "bg-surface shadow-[inset_0_0_0_1px_var(--line-strong)] enabled:hover:bg-hover [a&]:hover:bg-hover",
        primary: "bg-ink text-on-ink enabled:hover:bg-ink-hover [a&]:hover:bg-ink-hover",
        quiet: "font-normal text-fg-2 enabled:hover:bg-hover enabled:hover:text-fg data-[state=open]:bg-hover",
        danger: "bg-surface text-bad-text shadow-[inset_0_0_0_1px_var(--line-strong)] enabled:hover:bg-bad-tint",
      },
      size: {
        small: "h-6 px-2 text-12 phone:h-9 phone:px-3 phone:text-13",
        normal: "h-7 px-2.5 phone:h-9 phone:px-3",
        large: "h-9 px-4 text-14 phone:h-11",
      },
      icon: {
        true: "px-0 [&_svg]:size-4",
        false: "",
      },
    },
    compoundVariants: [
      { icon: true, size: "small", class: "w-6 phone:w-9 phone:px-0" },
      { icon: true, size: "normal", class: "w-7 phone:size-10 phone:px-0" },
    ],
    defaultVariants: { variant: "plain", size: "normal", icon: false },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof button> {
  /** Renders the only child (a link) with the look of a button. */
  asChild?: boolean;
  /** Shows a turning arc and refuses clicks; the button keeps its place in the tab order. */
  pending?: boolean;
}

/** A button or, with `asChild`, a link that looks like one. */
export function Button({ asChild, pending, variant, size, icon, className, children, onClick, ...rest }: ButtonProps) {
  const classes = cn(button({ variant, size, icon }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-disabled={pending ? true : undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  );
}
