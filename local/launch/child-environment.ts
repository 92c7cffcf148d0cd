import { variables } from "../../lib/environment/variables";
import { variableNames } from "../../lib/environment/validate";

/** Variables that would change how a child works although they were meant for somebody else. */
const foreign = ["NODE_ENV", "CONVEX_DEPLOYMENT", "CONVEX_DEPLOY_KEY", "CONVEX_DEPLOYMENT_TOKEN"];

/**
 * The environment of a process that we start: ours without anything secret, plus what is meant for it. A
 * secret is emptied, not left out: Next.js and the Convex command line would take a missing one from a
 * `.env` file.
 */
export function childEnvironment(given: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const environment: Record<string, string | undefined> = { ...process.env };
  for (const name of foreign) delete environment[name];
  for (const name of variableNames) if ("secret" in variables[name]) environment[name] = "";
  // The type insists on NODE_ENV; a child is better off without: each knows its own.
  return { ...environment, ...given } as NodeJS.ProcessEnv;
}
