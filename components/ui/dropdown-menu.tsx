"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

const row =
  "flex h-7 items-center gap-2 rounded-chip px-2 outline-none select-none data-highlighted:bg-hover phone:h-10 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-fg-3";

interface DropdownMenuProps {
  trigger: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom";
  children: ReactNode;
}

/** A menu under (or above) the button that opens it. */
export function DropdownMenu({ trigger, align = "start", side = "bottom", children }: DropdownMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-50 animate-fade-in rounded-card bg-raised p-1 shadow-float outline-none"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** One command of a menu. */
export function MenuItem({ className, ...rest }: ComponentProps<typeof Radix.Item>) {
  return <Radix.Item {...rest} className={cn(row, className)} />;
}

/** A group of choices of which exactly one holds. */
export function MenuChoices({ label, className, ...rest }: ComponentProps<typeof Radix.RadioGroup> & { label: string }) {
  return (
    <Radix.RadioGroup {...rest} aria-label={label} className={className}>
      <Radix.Label className="px-2 pt-1.5 pb-1 text-11 font-medium text-fg-3">{label}</Radix.Label>
      {rest.children}
    </Radix.RadioGroup>
  );
}

/** One choice of {@link MenuChoices}. */
export function MenuChoice({ className, children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem {...rest} className={cn(row, className)}>
      {children}
      <Radix.ItemIndicator className="ml-auto">
        <Check aria-hidden="true" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

/** A line between groups. */
export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
