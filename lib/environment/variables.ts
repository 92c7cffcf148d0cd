import { clerkVariables } from "./variables/clerk";
import { deploymentVariables } from "./variables/deployment";
import { googleVariables } from "./variables/google";
import { launchVariables } from "./variables/launch";
import { monitoringVariables } from "./variables/monitoring";
import { secretVariables } from "./variables/secrets";
import { syncVariables } from "./variables/sync";

/** Every environment variable that LinearTime knows, in the order in which `.env.example` explains them. */
export const variables = {
  ...launchVariables,
  ...syncVariables,
  ...monitoringVariables,
  ...secretVariables,
  ...deploymentVariables,
  ...clerkVariables,
  ...googleVariables,
} as const;

/** The name of a variable that LinearTime knows. */
export type VariableName = keyof typeof variables;
