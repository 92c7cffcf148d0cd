"use client";

import { toast } from "sonner";
import { Dialog } from "@/components/ui/dialog";
import { ConnectForm } from "./connect-form";
import { countOf } from "./count-words";
import type { Connection } from "./use-connections";

interface ConnectDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConnected: (connectionId: Connection["connectionId"]) => void;
}

/** The window in which a calendar server is connected. */
export function ConnectDialog({ open, onOpenChange, onConnected }: ConnectDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Connect a calendar server"
      description="Any server that speaks CalDAV. It is tested before anything is stored."
    >
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
