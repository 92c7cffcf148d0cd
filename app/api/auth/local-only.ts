import { authModeOf } from "@/lib/auth/auth-mode";
import { problem } from "../json-form";

/** The answer where Clerk signs people in: local accounts do not exist there. Null where they do. */
export function withoutLocalAccounts(): Response | null {
  return authModeOf(process.env) === "local" ? null : problem(404, "People sign in with Clerk here.");
}
