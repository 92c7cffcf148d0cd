import { expect, it } from "vitest";
import { SANDBOX_CLIENT } from "../sandbox/google/oauth/clients";
import { wantsSandbox, withLocalCallbacks, withSandbox } from "./sandbox";

const real = { GOOGLE_CLIENT_ID: "1.apps.googleusercontent.com", GOOGLE_CLIENT_SECRET: "GOCSPX-secret" };

it("starts a stand-in only where nobody has keys of Google's or another stand-in", () => {
  expect(wantsSandbox({})).toBe(true);
  expect(wantsSandbox(real)).toBe(false);
  expect(wantsSandbox({ GOOGLE_SANDBOX_URL: "http://127.0.0.1:4000" })).toBe(false);
});

it("gives the deployment the client that the stand-in knows, and a callback that it reaches", () => {
  const environment = withLocalCallbacks(withSandbox({}, "http://127.0.0.1:3220"), 3000);
  expect(environment).toEqual({
    GOOGLE_CLIENT_ID: SANDBOX_CLIENT.id,
    GOOGLE_CLIENT_SECRET: SANDBOX_CLIENT.secret,
    GOOGLE_SANDBOX_URL: "http://127.0.0.1:3220",
    WEBHOOK_BASE_URL: "http://127.0.0.1:3000",
  });
});

it("leaves Google itself as it is set", () => {
  expect(withLocalCallbacks(withSandbox(real), 3000)).toEqual(real);
});
