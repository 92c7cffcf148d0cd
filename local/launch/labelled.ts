import { stripVTControlCharacters } from "node:util";
import type { Progress } from "./progress.mjs";

/** Shows what a part prints, line by line behind its name: several parts talk at once. */
export const labelled = (progress: Pick<Progress, "say">, name: string) => (printed: string): void => {
  const line = stripVTControlCharacters(printed).trimEnd();
  if (line !== "") progress.say(`${name} │ ${line}`);
};
