import { metaKey } from "../values/keys";
import { newCatalog, parseCatalog, type Catalog } from "../tables/catalog";
import { PendingSnapshot } from "./pending-snapshot";
import type { Snapshot, Store, Write } from "./store";
import type { TransactionOutcome } from "../tables/transaction";

/** Everything a transaction reads, of one moment: the data, the catalog that explains it, and the timestamp of the last commit in it. */
export interface StoreView {
  snapshot: Snapshot;
  catalog: Catalog;
  ts: number;
}

/** What a commit that is on its way to the disk writes, and the timestamp that it will have. It changes no catalog. */
export interface PendingWrites {
  ts: number;
  writes: readonly Write[];
}

/** A thread's views of a store that another thread commits to. */
export class StoreViews {
  private held: StoreView | null = null;
  private catalog: Catalog = newCatalog();
  private catalogTs: string | undefined;

  constructor(private readonly store: Store) {}

  /** The store as it is now, be `pending` there yet or not; or, with `hold`, as the first of several found it. */
  take(hold: boolean, pending: PendingWrites | null = null): StoreView {
    if (!hold) return this.open(pending);
    return (this.held ??= this.open(pending));
  }

  /** Ends the use of a view, with what was made of it. */
  giveBack(view: StoreView, { newTables }: Pick<TransactionOutcome, "newTables">): void {
    if (view !== this.held) view.snapshot.release();
    // The transaction has put them into the catalog, and nobody knows yet whether they will be committed.
    if (newTables.length > 0) this.catalogTs = undefined;
  }

  letGo(): void {
    this.held?.snapshot.release();
    this.held = null;
  }

  async close(): Promise<void> {
    this.letGo();
    await this.store.close();
  }

  private open(pending: PendingWrites | null): StoreView {
    const snapshot = this.store.snapshot();
    const catalogTs = snapshot.get(metaKey("catalogTs"));
    if (catalogTs === undefined || catalogTs !== this.catalogTs) {
      const stored = snapshot.get(metaKey("catalog"));
      this.catalog = stored === undefined ? newCatalog() : parseCatalog(stored);
      this.catalogTs = catalogTs;
    }
    const ts = Number(snapshot.get(metaKey("ts")) ?? "1");
    if (pending === null || pending.ts <= ts) return { snapshot, catalog: this.catalog, ts };
    return { snapshot: new PendingSnapshot(snapshot, pending.writes), catalog: this.catalog, ts: pending.ts };
  }
}
