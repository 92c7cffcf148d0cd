import { ConvexReactClient } from "convex/react";
import { Window } from "happy-dom";
import type { ReactNode } from "react";
import WebSocket from "ws";

/** A page that React draws into, without a browser. */
export interface ReactPage {
  client: ConvexReactClient;
  /** What the client has sent, parsed. */
  sent: { type: string; modifications?: { type: string; args?: unknown[] }[] }[];
  draw(node: ReactNode): void;
  text(): string;
  /** Clicks the first element that a CSS selector finds. */
  click(selector: string): void;
  close(): Promise<void>;
}

/**
 * Opens a page whose client talks to a backend. React asks for the window when it is loaded: whoever uses this does not import
 * `react-dom` before.
 */
export async function openPage(backend: { url: string }): Promise<ReactPage> {
  const window = new Window({ url: backend.url });
  // Newer versions of Node have a navigator that cannot be assigned to.
  for (const [name, value] of Object.entries({ window, document: window.document, navigator: window.navigator })) Object.defineProperty(globalThis, name, { value, configurable: true });
  const { createRoot } = await import("react-dom/client");
  const sent: ReactPage["sent"] = [];
  class ListeningSocket extends WebSocket {
    override send(text: string): void {
      sent.push(JSON.parse(text) as ReactPage["sent"][number]);
      super.send(text);
    }
  }
  // The ws package has the shape of a browser's WebSocket, which is all the client asks of it.
  const client = new ConvexReactClient(backend.url, { webSocketConstructor: ListeningSocket as unknown as typeof globalThis.WebSocket, logger: false, unsavedChangesWarning: false });
  const { body } = window.document;
  const root = createRoot(body as unknown as Element); // happy-dom's own type of the same thing
  return {
    client,
    sent,
    draw: (node) => root.render(node),
    text: () => body.textContent,
    click: (selector) => body.querySelector(selector)?.dispatchEvent(new window.MouseEvent("click", { bubbles: true })),
    close: async () => {
      root.unmount();
      await client.close();
      await window.happyDOM.close();
    },
  };
}
