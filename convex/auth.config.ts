import type { AuthConfig } from "convex/server";

/*
 * Who may sign tokens. `AUTH_MODE` exists on every deployment; the other variables are read
 * only in the mode that needs them.
 */
function localProvider(): AuthConfig["providers"][number] {
  const { LOCAL_AUTH_ISSUER: issuer, LOCAL_AUTH_JWKS: jwks } = process.env;
  if (!issuer || !jwks) throw new Error("AUTH_MODE=local needs LOCAL_AUTH_ISSUER and LOCAL_AUTH_JWKS.");
  return { type: "customJwt", issuer, jwks, applicationID: "convex", algorithm: "ES256" };
}

const config: AuthConfig = {
  providers: process.env.AUTH_MODE === "local" ? [localProvider()] : [],
};

export default config;
