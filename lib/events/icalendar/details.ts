import type { Attachment, Conference, ConferenceEntry, UnifiedEvent } from "../model";
import { hexOfColorName } from "./colors";
import { type IcsComponent, type IcsProperty, propertiesOf, propertyOf } from "./components";
import { unescapeText } from "./values";

/** The properties that are read into one field each, beside those of {@link UnifiedEvent} that every event has. */
export function detailsOf(vevent: IcsComponent): Pick<UnifiedEvent, "color" | "categories" | "attachments" | "conference" | "purpose"> {
  return {
    color: hexOfColorName(propertyOf(vevent, "COLOR")?.value ?? ""),
    categories: propertiesOf(vevent, "CATEGORIES").flatMap(({ value }) => textList(value)),
    attachments: propertiesOf(vevent, "ATTACH").map(attachmentOf),
    conference: conferenceOf(vevent),
    purpose: purposeOf(vevent),
  };
}

/** Values separated by commas that are not escaped (RFC 5545 §3.1.1). */
function textList(value: string): string[] {
  return (value.match(/(?:\\[\s\S]|[^,\\])+/g) ?? []).map((item) => unescapeText(item).trim()).filter((item) => item !== "");
}

/** RFC 5545 §3.8.1.1; a file inside the object has no address. */
export function attachmentOf(property: IcsProperty): Attachment {
  const inline = property.valueType === "BINARY" || property.params["encoding"] !== undefined;
  const title = property.params["filename"] ?? property.params["x-filename"] ?? null;
  return { title, url: inline ? null : property.value.trim(), mimeType: property.params["fmttype"] ?? null };
}

/** RFC 7986 §5.11. Google exports the address of a meeting as X-GOOGLE-CONFERENCE instead. */
function conferenceOf(vevent: IcsComponent): Conference | null {
  const entries = propertiesOf(vevent, "CONFERENCE").map(conferenceEntryOf);
  const google = propertyOf(vevent, "X-GOOGLE-CONFERENCE");
  if (entries.length === 0 && google !== null) {
    return { service: "hangoutsMeet", name: null, id: null, entries: [{ kind: "video", uri: google.value.trim(), label: null, code: null }], notes: null };
  }
  return entries.length === 0 ? null : { service: null, name: null, id: null, entries, notes: null };
}

export function conferenceEntryOf(property: IcsProperty): ConferenceEntry {
  const uri = property.value.trim();
  const kind = /^tel:/i.test(uri) ? "phone" : /^sips?:/i.test(uri) ? "sip" : /^https?:/i.test(uri) ? "video" : "more";
  return { kind, uri, label: property.params["label"] ?? null, code: null };
}

/** Outlook's own statuses, which TRANSP cannot tell apart. */
function purposeOf(vevent: IcsComponent): UnifiedEvent["purpose"] {
  const status = propertyOf(vevent, "X-MICROSOFT-CDO-BUSYSTATUS")?.value.trim().toUpperCase();
  return status === "OOF" ? "outOfOffice" : status === "WORKINGELSEWHERE" ? "workingElsewhere" : "default";
}
