import { describe, expect, it } from "vitest";
import { defaultOf } from "./defaults";
import { describeProblems, validateEnvironment, variableNames, type RawEnvironment } from "./validate";
import { variables } from "./variables";

const problemNames = (raw: RawEnvironment) => {
  const validation = validateEnvironment(raw);
  return validation.ok ? [] : validation.problems.map(({ name }) => name);
};

describe("validateEnvironment", () => {
  it("accepts an empty environment for the embedded backend", () => {
    expect(validateEnvironment({})).toEqual({ ok: true, environment: {}, backend: "embedded" });
  });

  it("counts an empty value as not set", () => {
    expect(validateEnvironment({ PORT: "" })).toMatchObject({ ok: true, environment: {} });
  });

  it("returns values in their own types", () => {
    expect(validateEnvironment({ PORT: "8080", SYNC_MAX_RETRIES: "3" })).toMatchObject({
      environment: { PORT: 8080, SYNC_MAX_RETRIES: 3 },
    });
  });

  it("names every malformed variable at once", () => {
    expect(problemNames({ PORT: "http", POLLING_INTERVAL_MS: "15m", LINEARTIME_BACKEND: "cloud" })).toEqual([
      "PORT",
      "LINEARTIME_BACKEND",
      "POLLING_INTERVAL_MS",
    ]);
  });

  it("names every variable that an external deployment lacks", () => {
    const validation = validateEnvironment({ LINEARTIME_BACKEND: "external" });
    expect(validation).toMatchObject({ ok: false });
    expect(problemNames({ LINEARTIME_BACKEND: "external" })).toEqual([
      "LINEARTIME_SERVER_SECRET",
      "LOCAL_AUTH_PRIVATE_KEY",
      "CONVEX_URL",
      "APP_URL",
    ]);
  });

  it("names the key of Clerk that was forgotten, and does not ask for the key of local accounts then", () => {
    expect(problemNames({ CLERK_SECRET_KEY: "sk_test_1" })).toEqual(["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"]);
    expect(problemNames({ AUTH_MODE: "clerk", LINEARTIME_BACKEND: "external" })).toEqual([
      "LINEARTIME_SERVER_SECRET",
      "CONVEX_URL",
      "APP_URL",
      "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY",
      "CLERK_SECRET_KEY",
    ]);
  });

  it("names the key of Google's that was forgotten, and knows no stand-in on a deployment of one's own", () => {
    expect(problemNames({ GOOGLE_CLIENT_ID: "1.apps.googleusercontent.com" })).toEqual(["GOOGLE_CLIENT_SECRET"]);
    expect(problemNames({ GOOGLE_CLIENT_SECRET: "GOCSPX-secret" })).toEqual(["GOOGLE_CLIENT_ID"]);
    const sandbox = { GOOGLE_SANDBOX_URL: "http://127.0.0.1:3220" };
    expect(problemNames(sandbox)).toEqual([]);
    expect(problemNames({ ...sandbox, LINEARTIME_BACKEND: "external" })).toContain("GOOGLE_SANDBOX_URL");
  });

  it.each([
    ["GOOGLE_SANDBOX_URL", ["https://127.0.0.1:1", "http://10.0.0.1:1", "http://127.0.0.1:1/x"], ["http://127.0.0.1:3220"]],
    ["APP_URL", ["calendar.example.com", "http://calendar.example.com", "https://calendar.example.com/x"], ["https://calendar.example.com", "http://127.0.0.1:3000"]],
    ["PORT", ["0", "65536", "-1", "3000x", "3e3", " 3000"], ["1", "65535"]],
    ["LINEARTIME_SERVER_SECRET", ["short", "x".repeat(31), ` ${"x".repeat(40)}`], ["x".repeat(32)]],
    [
      "CONVEX_ENCRYPTION_KEYS",
      ["k1", `k1:${"A".repeat(43)}`, `k1:${"A".repeat(42)}=,`, `${`k1:${"A".repeat(43)}=`},${`k1:${"B".repeat(43)}=`}`, "k1:QUJD"],
      [`${"A".repeat(43)}=`, `k1:${"A".repeat(43)}=`, `k2:${"A".repeat(43)}=,k1:${"B".repeat(43)}=`],
    ],
    ["CONVEX_URL", ["127.0.0.1:3210", "ftp://a.example", "https://a.example/path"], ["http://127.0.0.1:3210", "https://a.example"]],
    ["LOCAL_AUTH_ISSUER", ["lineartime", "http://a.example"], ["https://lineartime.localhost"]],
    [
      "CLERK_JWT_ISSUER_DOMAIN",
      ["clerk.example.com", "http://clerk.example.com", "http://localhost.example.com", "https://clerk.example.com/path"],
      ["https://clerk.example.com", "http://127.0.0.1:4000"],
    ],
    ["CLERK_WEBHOOK_SECRET", ["whsec_c2hvcnQ=", "A".repeat(32)], [`whsec_${"A".repeat(32)}`]],
    ["ALLOW_PRIVATE_ADDRESSES", ["true", "2"], ["0", "1"]],
    ["SYNC_CONCURRENT_JOBS", ["0", "7", "2.5"], ["1", "6"]],
  ] as const)("%s is refused when malformed and accepted when sound", (name, malformed, sound) => {
    for (const text of malformed) expect(problemNames({ [name]: text }), text).toEqual([name]);
    for (const text of sound) expect(problemNames({ [name]: text }), text).toEqual([]);
  });
});

describe("describeProblems", () => {
  it("says what a variable should hold and never what it holds", () => {
    const validation = validateEnvironment({ LINEARTIME_SERVER_SECRET: "hunter2" });
    const text = validation.ok ? "" : describeProblems(validation.problems);
    expect(text).toMatch(/^LINEARTIME_SERVER_SECRET is malformed: it should hold a secret of at least 32 bytes/);
    expect(text).not.toContain("hunter2");
  });
});

describe("the table", () => {
  it.each(variableNames)("%s has a default that is sound, if it has one", (name) => {
    const { origin } = variables[name];
    if (origin.kind === "default") expect(() => defaultOf(name)).not.toThrow();
    else expect(() => defaultOf(name)).toThrow();
  });
});
