import type { Attendee, Response, UnifiedEvent } from "../../events/model";
import { wording } from "../transform/wording";

/** `personal` is for the owner's eyes as `private` is. */
export const sensitivityWords = wording<UnifiedEvent["visibility"]>(
  [["default", "normal"], ["private", "private"], ["private", "personal"], ["confidential", "confidential"]], "normal");

export const responseWords = wording<Response>(
  [["needsAction", "none"], ["needsAction", "notResponded"], ["accepted", "accepted"], ["accepted", "organizer"], ["declined", "declined"], ["tentative", "tentativelyAccepted"]], "none");

export const typeWords = wording<Attendee["role"]>([["required", "required"], ["optional", "optional"]], "required");

/** One word of Graph's says what is three fields of ours. */
type Shown = Pick<UnifiedEvent, "status" | "transparency" | "purpose">;

const SHOWN: readonly (readonly [string, Shown])[] = [
  ["free", { status: "confirmed", transparency: "transparent", purpose: "default" }],
  ["tentative", { status: "tentative", transparency: "opaque", purpose: "default" }],
  ["oof", { status: "confirmed", transparency: "opaque", purpose: "outOfOffice" }],
  ["workingElsewhere", { status: "confirmed", transparency: "transparent", purpose: "workingElsewhere" }],
  ["busy", { status: "confirmed", transparency: "opaque", purpose: "default" }],
];
const BUSY: Shown = { status: "confirmed", transparency: "opaque", purpose: "default" };

export function shownAs(showAs: string | undefined): Shown {
  return SHOWN.find(([word]) => word === showAs)?.[1] ?? BUSY;
}

/** `exact` is false where the word leaves out something of the event. */
export function showAsOf(event: Shown): { showAs: string; exact: boolean } {
  const status = event.status === "cancelled" ? "confirmed" : event.status;
  const exact = SHOWN.find(([, shown]) => shown.status === status && shown.transparency === event.transparency && shown.purpose === event.purpose);
  if (exact !== undefined) return { showAs: exact[0], exact: true };
  if (event.purpose === "outOfOffice") return { showAs: "oof", exact: false };
  if (event.transparency === "transparent") return { showAs: "free", exact: false };
  return { showAs: status === "tentative" ? "tentative" : "busy", exact: false };
}
