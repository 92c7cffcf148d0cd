import { headers } from "next/headers";
import type { SignInFacts } from "@/components/auth/sign-in-facts";
import { authModeOf } from "@/lib/auth/auth-mode";
import { clerkPublishableKey } from "@/lib/auth/clerk/keys";

/** How people sign in to this server, read when a page is asked for: the same build serves both ways. */
export async function signInFacts(): Promise<SignInFacts> {
  if (authModeOf(process.env) === "local") return { mode: "local" };
  const nonce = (await headers()).get("x-nonce") ?? "";
  return { mode: "clerk", publishableKey: clerkPublishableKey(process.env), nonce };
}
