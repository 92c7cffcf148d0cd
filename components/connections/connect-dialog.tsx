"use client";

import { toast } from "sonner";
import { Dialog } from "@/components/ui/dialog";
import { ConnectForm } from "./connect-form";
import { countOf } from "./count-words";
import { ProviderButtons } from "./oauth/provider-buttons";
import type { Connection } from "./use-connections";

interface ConnectDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConnected: (connectionId: Connection["connectionId"]) => void;
}

/** The window in which an account is connected, at a provider or at a calendar server. */
export function ConnectDialog({ open, onOpenChange, onConnected }: ConnectDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Connect an account"
      description="Sign in at a provider, or name any server that speaks CalDAV: it is tested before anything is stored."
    >
      <ProviderButtons className="flex flex-col gap-3 border-b border-line p-5 pt-4" />
      <ConnectForm
        onCancel={() => onOpenChange(false)}
        onConnected={(connectionId, calendars) => {
          toast.success(`Connected, ${countOf(calendars, "calendar")} found`);
          onConnected(connectionId);
        }}
      />
    </Dialog>
  );
}
