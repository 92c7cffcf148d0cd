"use client";

import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";

interface ConfirmDialogProps {
  /** The button that asks. */
  trigger: ReactNode;
  title: string;
  description: ReactNode;
  /** The verb of the button that goes ahead. */
  confirm: string;
  /** How that button looks: `danger` unless nothing is lost by it. */
  tone?: "danger" | "primary";
  onConfirm: () => void;
}

/** Asks before something that cannot be taken back. The focus starts on Cancel. */
export function ConfirmDialog({ trigger, title, description, confirm, tone = "danger", onConfirm }: ConfirmDialogProps) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <AlertDialog.Content className="fixed top-[20vh] left-1/2 z-50 w-[min(400px,calc(100vw-32px))] -translate-x-1/2 animate-rise rounded-card bg-raised p-5 shadow-float outline-none phone:inset-x-0 phone:top-auto phone:bottom-0 phone:w-full phone:translate-x-0 phone:animate-slide-from-below phone:rounded-b-none phone:rounded-t-sheet">
          <AlertDialog.Title className="text-16 font-semibold tracking-[-0.01em]">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-fg-2">{description}</AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant={tone} onClick={onConfirm}>
                {confirm}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
