"use client";

import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";

/** Starts in the first field where there is one, else where Radix starts. */
function focusFirstField(event: Event) {
  const field = event.currentTarget instanceof Element ? event.currentTarget.querySelector<HTMLElement>("input, textarea") : null;
  if (field === null) return;
  event.preventDefault();
  field.focus();
}

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

/** A modal window in the middle of the screen; on a phone it stands at the bottom. */
export function Dialog({ open, onOpenChange, title, description, children }: DialogProps) {
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <RadixDialog.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={focusFirstField}
          className="fixed top-[max(16px,12vh)] left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[min(440px,calc(100vw-32px))] -translate-x-1/2 animate-rise flex-col overflow-y-auto rounded-card bg-raised shadow-float outline-none phone:inset-x-0 phone:top-auto phone:bottom-0 phone:w-full phone:translate-x-0 phone:animate-slide-from-below phone:rounded-b-none phone:rounded-t-sheet"
        >
          <div className="flex items-start gap-3 px-5 pt-4">
            <div className="min-w-0 flex-1">
              <RadixDialog.Title className="text-16 font-semibold tracking-[-0.01em]">{title}</RadixDialog.Title>
              {description ? (
                <RadixDialog.Description className="mt-0.5 text-fg-2">{description}</RadixDialog.Description>
              ) : null}
            </div>
            <RadixDialog.Close asChild>
              <Button variant="quiet" icon aria-label="Close" className="-mr-1.5">
                <X aria-hidden="true" />
              </Button>
            </RadixDialog.Close>
          </div>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
