import WebSocket from "ws";

export interface RawSocket {
  send: (message: unknown) => void;
  received: { type: string; [field: string]: unknown }[];
  closed: Promise<number>;
  /** Reads nothing more until it resumes. */
  pause: () => void;
  resume: () => void;
}

/** Speaks the protocol by hand: what the official client never does must be answered as well. */
export async function rawSocket(backend: { url: string }): Promise<RawSocket> {
  const socket = new WebSocket(`${backend.url.replace("http", "ws")}/api/1.48.0/sync`);
  const received: { type: string }[] = [];
  socket.on("message", (data: Buffer) => received.push(JSON.parse(data.toString()) as { type: string }));
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return { send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)), received, closed, pause: () => socket.pause(), resume: () => socket.resume() };
}
