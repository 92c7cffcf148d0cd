import { variables, type VariableName } from "./variables";
import type { Origin, Reader } from "./variable";
import { variableNames } from "./validate";

const head = `# Every variable that LinearTime reads. npm start needs none of them.
#
# Copy this file to .env and take the # away from the lines that you want to change. Variables of the
# process count before .env.local, and .env.local before .env. An empty value counts as not set.
# npm start checks them all and names every one that is missing or malformed.
`;

const readerNames: Record<Reader, string> = {
  launcher: "npm start",
  next: "the web server",
  convex: "the deployment",
  cli: "the Convex command line",
};

const origins = (origin: Origin): string => {
  switch (origin.kind) {
    case "default":
      return `Default: ${origin.value}.`;
    case "made":
      return "Made at the first start.";
    case "worked-out":
      return "Worked out at every start.";
    case "absent":
      return "No default.";
  }
};

/** The text of `.env.example`: it says what the table says, so that the two cannot drift apart. */
export function renderEnvExample(): string {
  const groups = new Map<string, VariableName[]>();
  for (const name of variableNames) {
    const { group } = variables[name];
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  const parts = [...groups].map(([group, names]) => `# --- ${group} ---\n\n${names.map(renderVariable).join("\n")}`);
  return [head, ...parts].join("\n");
}

function renderVariable(name: VariableName): string {
  const { purpose, holds, readers, origin, requiredWhenExternal } = variables[name];
  const lines = [
    ...wrap(purpose),
    ...wrap(`Holds ${holds}. Read by ${readers.map((reader) => readerNames[reader]).join(" and ")}. ${origins(origin)}`),
    ...(requiredWhenExternal === true ? wrap("Required when LINEARTIME_BACKEND=external.") : []),
    ...(requiredWhenExternal === "local" ? wrap("Required when LINEARTIME_BACKEND=external and people have local accounts.") : []),
  ];
  const value = origin.kind === "default" ? origin.value : "";
  return `${lines.map((line) => `# ${line}`).join("\n")}\n#${name}=${value}\n`;
}

function wrap(text: string, width = 100): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
