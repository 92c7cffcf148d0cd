import { createServer, type IncomingHttpHeaders } from "node:http";
import type { PullResult } from "../../port";
import { type Pull, pullAll } from "../../testing/collect";
import { googleProvider } from "../provider";

/** What a server was asked. */
export interface Asked {
  url: URL;
  headers: IncomingHttpHeaders;
}

/** A full pull from a server that answers this to everything: also what no working Google would say. */
export async function readsOf(body: unknown, pull: Partial<Pull> = {}): Promise<{ results: PullResult[]; requests: Asked[] }> {
  const requests: Asked[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: new URL(request.url ?? "/", "http://127.0.0.1"), headers: request.headers });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const provider = googleProvider({ accessToken: async () => ({ kind: "token", accessToken: "t" }), sandboxUrl: `http://127.0.0.1:${port}` });
  try {
    return { ...(await pullAll(provider, { calendarRemoteId: "c", ...pull })), requests };
  } finally {
    await provider.close();
    server.closeAllConnections();
    server.close();
  }
}
