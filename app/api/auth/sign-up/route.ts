import { api } from "@/convex/_generated/api";
import { serverAction } from "../../convex-server";
import { withCredentials } from "../credentials";

export function POST(request: Request): Promise<Response> {
  return withCredentials(request, ({ name = "", email = "", password = "" }, origin) =>
    serverAction(api.accounts.password.signUp, { name, email, password, ...origin }),
  );
}
