import { expect, it } from "vitest";
import { parseEnvFile } from "./env-file";
import { renderEnvExample } from "./env-example";
import { validateEnvironment, variableNames } from "./validate";

it(".env.example says what the table says (vitest -u writes it anew)", async () => {
  await expect(renderEnvExample()).toMatchFileSnapshot("../../.env.example");
});

it("explains every variable, and its defaults are sound when the comment marks are taken away", () => {
  const uncommented = renderEnvExample().replaceAll(/^#([A-Z])/gm, "$1");
  expect(Object.keys(parseEnvFile(uncommented))).toEqual(variableNames);
  expect(validateEnvironment(parseEnvFile(uncommented))).toMatchObject({ ok: true });
});
