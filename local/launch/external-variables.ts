// Fresh secrets for a deployment of one's own, with everything that belongs together:
//   node --import tsx local/launch/external-variables.ts
// The first part is for the web server (.env), the second for the deployment (npx convex env set NAME value).
import { defaultOf } from "../../lib/environment/defaults";
import { keySetAddress, newSecrets } from "./secrets";

const { serverSecret, authPrivateKey, encryptionKeys } = await newSecrets();
const shared = {
  AUTH_MODE: defaultOf("AUTH_MODE"),
  LOCAL_AUTH_ISSUER: defaultOf("LOCAL_AUTH_ISSUER"),
  LINEARTIME_SERVER_SECRET: serverSecret,
};
const forWebServer = { LINEARTIME_BACKEND: "external", ...shared, LOCAL_AUTH_PRIVATE_KEY: authPrivateKey };
const forDeployment = {
  ...shared,
  LOCAL_AUTH_JWKS: await keySetAddress(authPrivateKey),
  CONVEX_ENCRYPTION_KEYS: encryptionKeys,
};

const lines = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => `${name}=${value}`);
console.log(["# The web server", ...lines(forWebServer), "", "# The deployment", ...lines(forDeployment)].join("\n"));
