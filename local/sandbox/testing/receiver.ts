import { createServer, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo } from "node:net";

/** One notification as it came. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A client's callback on this machine. */
export interface Receiver {
  url: string;
  received: Received[];
  /** The next notification, or one that has come since the last time: in the order of their coming. */
  next(): Promise<Received>;
  /** The statuses of the next answers, one each; 200 from then on. */
  answerWith(...statuses: number[]): void;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const statuses: number[] = [];
  const waiting: ((notification: Received) => void)[] = [];
  let taken = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(statuses.shift() ?? 200).end();
      const notification = { headers: request.headers, body: Buffer.concat(chunks).toString("utf8") };
      received.push(notification);
      const first = waiting.shift();
      if (first === undefined) return;
      taken += 1;
      first(notification);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    received,
    next() {
      const ready = received[taken];
      if (ready === undefined) return new Promise((resolve) => waiting.push(resolve));
      taken += 1;
      return Promise.resolve(ready);
    },
    answerWith: (...answers) => void statuses.push(...answers),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
