import type { ConferenceEntry, Response, UnifiedEvent } from "../../../events/model";
import { wording } from "../../transform/wording";

export const statusWords = wording<UnifiedEvent["status"]>(
  [["confirmed", "confirmed"], ["tentative", "tentative"], ["cancelled", "cancelled"]], "confirmed");

export const transparencyWords = wording<UnifiedEvent["transparency"]>([["opaque", "opaque"], ["transparent", "transparent"]], "opaque");

export const visibilityWords = wording<UnifiedEvent["visibility"]>(
  [["default", "default"], ["public", "public"], ["private", "private"], ["confidential", "confidential"]], "default");

/** A birthday is Google's own: it belongs to a contact, and nobody else can make one. */
export const purposeWords = wording<UnifiedEvent["purpose"]>(
  [["default", "default"], ["outOfOffice", "outOfOffice"], ["focusTime", "focusTime"], ["workingElsewhere", "workingLocation"], ["birthday", "birthday"]], "default");

export const responseWords = wording<Response>(
  [["needsAction", "needsAction"], ["accepted", "accepted"], ["declined", "declined"], ["tentative", "tentative"]], "needsAction");

export const entryWords = wording<ConferenceEntry["kind"]>([["video", "video"], ["phone", "phone"], ["sip", "sip"], ["more", "more"]], "more");
