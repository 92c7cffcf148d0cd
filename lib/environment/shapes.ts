import { z } from "zod";

/** A TCP port that a process without special rights may be asked to listen on, written in decimal. */
export const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(65_535));

/** A whole number between `least` and `most`, both included, written in decimal. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

/** `1` for yes, `0` for no. */
export const flag = z.enum(["0", "1"]);

/** An http or https origin without path, query or credentials. */
export const origin = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, "");
});

/** The name a token says it was issued by: an https address. */
export const issuer = z.string().refine((text) => URL.canParse(text) && text.startsWith("https://"));

/** Where an issuer publishes its keys: an https origin, or an http one on this machine. */
export const issuerDomain = origin.refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
});

/** An http origin on this machine. */
export const localOrigin = origin.refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "http:" && hostname === "127.0.0.1";
});

/** An https origin that others reach, or an http one on this machine. */
export const publicOrigin = origin.refine((text) => text.startsWith("https://") || localOrigin.safeParse(text).success);

/** A folder, as a path of any kind; control characters would only hide where it points. */
export const folder = z.string().regex(/^[^\p{Cc}]+$/u);

/** A shared secret of at least 32 bytes, without white space at its ends. */
export const secret = z
  .string()
  .refine((text) => text === text.trim() && new TextEncoder().encode(text).length >= 32);

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** How many bytes a base64 text stands for; -1 when it is not base64. */
function base64Length(text: string): number {
  if (text === "" || !base64.test(text)) return -1;
  return (text.length / 4) * 3 - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
}

/** Base64 of anything. */
export const base64Text = z.string().refine((text) => base64Length(text) > 0);

/** One 256-bit key in base64. */
export const encryptionKey = z.string().refine((text) => base64Length(text) === 32);

/** A key ring `id:base64,id:base64`, or one key alone; ids are distinct and the first key is the one that seals. */
export const encryptionKeys = z.string().refine((text) => {
  if (base64Length(text) === 32) return true;
  const entries = text.split(",").map((entry) => /^([A-Za-z0-9_-]{1,32}):(.+)$/.exec(entry));
  if (entries.some((entry) => entry === null || base64Length(entry[2] ?? "") !== 32)) return false;
  return new Set(entries.map((entry) => entry?.[1])).size === entries.length;
});

/** Ports, separated by commas. */
export const portList = z.string().regex(/^\d{1,5}(?:,\d{1,5})*$/);

/** A JSON Web Key Set inside a `data:` address, or the https address of one. */
export const jwksAddress = z.string().regex(/^(?:data:text\/plain;charset=utf-8;base64,|https:\/\/).+$/);

/** E-mail addresses, separated by commas. */
export const emailList = z.string().refine((text) => text.split(",").every((email) => /^[^\s@,]+@[^\s@,]+$/.test(email.trim())));

/** An http or https address with a path, without credentials. */
export const webAddress = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && password === "";
});
