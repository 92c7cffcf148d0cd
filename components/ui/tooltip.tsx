"use client";

import { Tooltip as RadixTooltip } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd";

/** Shares its delay among all tooltips below it: moving from one to the next opens at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return <RadixTooltip.Provider delayDuration={400}>{children}</RadixTooltip.Provider>;
}

interface TooltipProps {
  /** What the control does. The control still needs a name of its own. */
  label: string;
  /** The key that does the same. */
  shortcut?: string;
  children: ReactNode;
}

/** A hint on hover and focus for the one control inside it. */
export function Tooltip({ label, shortcut, children }: TooltipProps) {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex animate-fade-in items-center gap-2 rounded-control bg-raised px-2 py-1 text-12 shadow-float"
        >
          {label}
          {shortcut ? <Kbd>{shortcut}</Kbd> : null}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}
