import { api } from "@/convex/_generated/api";
import { serverAction } from "../../convex-server";
import { withCredentials } from "../credentials";

export function POST(request: Request): Promise<Response> {
  return withCredentials(request, ({ email = "", password = "" }, origin) =>
    serverAction(api.accounts.password.signIn, { email, password, ...origin }),
  );
}
