import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";
import { readForm } from "../json-form";
import { withoutLocalAccounts } from "./local-only";
import { answer, callerAddress, currentTokenHash, isSecure, unavailable } from "./session";

/** Where an attempt comes from: whom it is counted for, and the session that a new one takes the place of. */
interface Origin {
  address: string;
  previousTokenHash: string | null;
}

/** Answers the form of somebody who comes in with a password: `ask` brings it before Convex. */
export async function withCredentials(
  request: Request,
  ask: (form: Record<string, string>, origin: Origin) => Promise<FunctionReturnType<typeof api.accounts.password.signIn>>,
): Promise<Response> {
  const nowhere = withoutLocalAccounts();
  if (nowhere !== null) return nowhere;
  const read = await readForm(request);
  if ("refusal" in read) return read.refusal;
  try {
    const outcome = await ask(read.form, { address: await callerAddress(), previousTokenHash: await currentTokenHash() });
    return await answer(outcome, isSecure(request));
  } catch (error) {
    return unavailable(error);
  }
}
