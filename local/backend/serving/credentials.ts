import { createHash, timingSafeEqual } from "node:crypto";
import { InvalidToken, type TokenVerifier } from "./auth";
import { FunctionError } from "../values/encoded-value";
import { encodedSchema } from "../functions/function-calls";
import type { Identity } from "../workers/worker-protocol";
import { z } from "zod";

/** Who is asking. An administrator may call everything, also in somebody's name. */
export interface Requester {
  admin: boolean;
  identity: Identity;
  /** When a token ends, in milliseconds since the epoch. */
  expiresAt: number | null;
}

/** The component a caller asks for; "" is the app. Throws {@link FunctionError}: clients may call the app only. */
export function componentFor({ admin }: Requester, component: string | null | undefined): string {
  if (component === null || component === undefined || component === "") return "";
  if (!admin) throw new FunctionError("Only the admin key may call functions of components.");
  return component;
}

export const NOBODY: Requester = { admin: false, identity: null, expiresAt: null };

const actingAs = z.record(z.string(), encodedSchema);

/** Checks admin keys and tokens. */
export class Credentials {
  constructor(
    private readonly adminKey: string,
    public verifier: TokenVerifier,
  ) {}

  /** Compares in constant time. */
  isAdminKey(key: string): boolean {
    const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
    return timingSafeEqual(digest(key), digest(this.adminKey));
  }

  /** Reads an `Authorization` header. Rejects with {@link InvalidToken}. */
  async fromHeader(header: string | undefined): Promise<Requester> {
    if (header === undefined || header === "") return NOBODY;
    if (header.startsWith("Convex ")) return this.fromAdminKey(header.slice("Convex ".length));
    if (header.startsWith("Bearer ")) return this.fromToken(header.slice("Bearer ".length));
    throw new InvalidToken("Malformed Authorization header.");
  }

  /** The key may be followed by `:` and the base64 of an identity to act as. Throws {@link InvalidToken}. */
  fromAdminKey(value: string): Requester {
    if (this.isAdminKey(value)) return { admin: true, identity: null, expiresAt: null };
    const colon = value.lastIndexOf(":");
    if (colon < 0 || !this.isAdminKey(value.slice(0, colon))) throw new InvalidToken("The provided admin key was invalid for this instance.", "BadAdminKey");
    const identity = actingAs.parse(JSON.parse(Buffer.from(value.slice(colon + 1), "base64").toString("utf8")));
    return { admin: true, identity, expiresAt: null };
  }

  /** Rejects with {@link InvalidToken}. */
  async fromToken(token: string): Promise<Requester> {
    return { admin: false, ...(await this.verifier.verify(token)) };
  }
}
