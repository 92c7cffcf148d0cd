"use client";

import { cva, type VariantProps } from "class-variance-authority";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names";

const sheet = cva("fixed z-50 flex flex-col overflow-hidden bg-surface shadow-float outline-none", {
  variants: {
    side: {
      start: "inset-y-0 left-0 w-[min(288px,85vw)] animate-slide-from-start bg-ground",
      end: "inset-y-0 right-0 w-[min(440px,92vw)] animate-slide-from-end",
      bottom: "inset-x-0 bottom-0 max-h-[82dvh] animate-slide-from-below rounded-t-sheet",
    },
  },
});

interface SheetProps extends Required<VariantProps<typeof sheet>> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the sheet for screen readers; what is inside shows its own heading. */
  label: string;
  children: ReactNode;
}

/** A modal panel that slides in from an edge. */
export function Sheet({ open, onOpenChange, label, side, children }: SheetProps) {
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <RadixDialog.Content aria-describedby={undefined} className={cn(sheet({ side }))}>
          <RadixDialog.Title className="sr-only">{label}</RadixDialog.Title>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
