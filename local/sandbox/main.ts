import { parseArgs } from "node:util";
import { z } from "zod";
import { SANDBOX_CLIENT } from "./google/oauth/clients";
import { startSandbox } from "./sandbox";

/** `node --import tsx local/sandbox/main.ts --data DIR --port P [--today YYYY-MM-DD]`; see the README. */
const commandLine = z.object({
  data: z.string("--data must name a folder."),
  port: z.coerce.number("--port must be a port, 0 to 65535.").int().min(0).max(65_535),
  today: z.iso.date("--today must be a day such as 2026-03-01.").optional(),
  "google-redirect-uri": z.array(z.url()).default([]),
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      port: { type: "string" },
      today: { type: "string" },
      "google-redirect-uri": { type: "string", multiple: true },
    },
  });
  const { data, port, today, "google-redirect-uri": redirectUris } = commandLine.parse(values);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const sandbox = await startSandbox({
    dataFolder: data,
    port,
    ...(today === undefined ? {} : { today }),
    googleClients: [{ ...SANDBOX_CLIENT, redirectUris }],
    print,
  });
  let ending: Promise<never> | undefined;
  const end = (): void => {
    ending ??= sandbox.stop().then(() => process.exit(0), refuse);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
  print(`ready ${sandbox.url}`);
}

function refuse(thrown: unknown): never {
  const message = thrown instanceof z.ZodError ? z.prettifyError(thrown) : thrown instanceof Error ? thrown.message : String(thrown);
  process.stderr.write(`The sandbox could not run: ${message}\n`);
  process.exit(1);
}

main().catch(refuse);
