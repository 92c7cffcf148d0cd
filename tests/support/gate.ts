import { createServer, request } from "node:http";
import type { Radicale } from "./radicale";

/** A real server behind a gate that can be closed for one of its calendars. */
export interface GatedRadicale extends Radicale {
  /** From now on the server answers 403 to everything below this calendar. */
  forbid(slug: string): void;
  /** Everything goes through again. */
  allowAll(): void;
}

/** Puts a gate before a calendar server: what it lets through reaches the server as it came. It ends with the server. */
export async function gated(radicale: Radicale): Promise<GatedRadicale> {
  const target = new URL(radicale.url);
  let forbidden: string | null = null;
  const gate = createServer((incoming, answer) => {
    if (forbidden !== null && incoming.url?.includes(`/${forbidden}/`)) {
      answer.writeHead(403).end();
      return;
    }
    const { hostname, port } = target;
    const onward = request({ hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.once("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
  const address = gate.address();
  if (typeof address !== "object" || address === null) throw new Error("The gate has no port");
  return {
    ...radicale,
    url: `http://127.0.0.1:${address.port}`,
    forbid(slug) {
      forbidden = slug;
    },
    allowAll() {
      forbidden = null;
    },
    async stop() {
      gate.closeAllConnections();
      gate.close();
      await radicale.stop();
    },
  };
}
