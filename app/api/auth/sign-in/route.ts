import { api } from "@/convex/_generated/api";
import { serverAction } from "../../convex-server";
import { readForm } from "../../json-form";
import { withoutLocalAccounts } from "../local-only";
import { answer, callerAddress, currentTokenHash, isSecure, unavailable } from "../session";

export async function POST(request: Request): Promise<Response> {
  const nowhere = withoutLocalAccounts();
  if (nowhere !== null) return nowhere;
  const read = await readForm(request);
  if ("refusal" in read) return read.refusal;
  const { email = "", password = "" } = read.form;
  try {
    const outcome = await serverAction(api.accounts.password.signIn, {
      email,
      password,
      address: await callerAddress(),
      previousTokenHash: await currentTokenHash(),
    });
    return await answer(outcome, isSecure(request));
  } catch (error) {
    return unavailable(error);
  }
}
