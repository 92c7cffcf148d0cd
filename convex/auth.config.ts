import type { AuthConfig } from "convex/server";

/*
 * Who may sign tokens. `AUTH_MODE` exists on every deployment; the other variables are read
 * only in the mode that needs them.
 */
const config: AuthConfig = {
  providers:
    process.env.AUTH_MODE === "local"
      ? [
          {
            type: "customJwt",
            issuer: process.env.LOCAL_AUTH_ISSUER!,
            jwks: process.env.LOCAL_AUTH_JWKS!,
            applicationID: "convex",
            algorithm: "ES256",
          },
        ]
      : [],
};

export default config;
