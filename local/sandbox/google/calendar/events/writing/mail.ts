import { type StoredEvent } from "../../model";

/** A message that Google would have sent to a guest. None is ever sent. */
export interface Mail {
  at: number;
  to: string;
  subject: string;
}

/** What guests would have received: to see that nobody is written to by accident. */
export interface MailLog {
  /** `sendUpdates` is the parameter of the call; without it nobody is told. */
  tell(event: StoredEvent, what: "Invitation" | "Updated invitation" | "Cancelled", sendUpdates: string | null): void;
  recent(): Mail[];
}

const KEPT = 200;

export function createMailLog(now: () => number): MailLog {
  const mails: Mail[] = [];
  return {
    tell(event, what, sendUpdates) {
      if (sendUpdates !== "all" && sendUpdates !== "externalOnly") return;
      for (const { email } of event.fields.attendees ?? []) {
        if (email == null || email === event.organizer.email) continue;
        mails.push({ at: now(), to: email, subject: `${what}: ${event.fields.summary ?? "(No title)"}` });
      }
      mails.splice(0, mails.length - KEPT);
    },
    recent: () => [...mails].reverse(),
  };
}
