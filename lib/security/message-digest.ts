import { createHash } from "node:crypto";

export type DigestHash = "md5" | "sha256";

/** The hash of a text's UTF-8 bytes, in lower-case hexadecimal. Needs Node: the web's own functions know no MD5. */
export function hexHash(hash: DigestHash, text: string): string {
  return createHash(hash).update(text, "utf8").digest("hex");
}
