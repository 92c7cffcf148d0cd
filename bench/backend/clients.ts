import { ConvexClient } from "convex/browser";
import WebSocket from "ws";
import { itemsScreen } from "./functions";

export function connect(url: string): ConvexClient {
  // The ws package has the shape of a browser's WebSocket, which is all the client asks of it.
  return new ConvexClient(url, { webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket, logger: false, unsavedChangesWarning: false });
}

/** A client's view of one group's screen: what it shows first in the list now, and a promise of what it will show. */
export class WatchedScreen {
  private title: string | undefined;
  private waiting: { title: string; resolve: () => void }[] = [];
  readonly stop: () => void;
  readonly loaded: Promise<void>;

  constructor(client: ConvexClient, group: number) {
    let loaded: () => void;
    this.loaded = new Promise((resolve) => (loaded = resolve));
    const watch = client.onUpdate(itemsScreen, { group }, ([first]) => {
      this.title = first?.title;
      loaded();
      this.waiting = this.waiting.filter(({ title, resolve }) => {
        if (title === this.title) resolve();
        return title !== this.title;
      });
    });
    this.stop = () => watch();
  }

  /** Resolves when the first item shown has this title. */
  shows(title: string): Promise<void> {
    return this.title === title ? Promise.resolve() : new Promise((resolve) => this.waiting.push({ title, resolve }));
  }
}
