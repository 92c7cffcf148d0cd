import type { Key, KeyRange } from "../values/keys";
import type { SortedKeys } from "./sorted-keys";

/** Gives keys one after the other. Close it when it is left early: it holds a cursor, and there are few. */
export interface KeyScan {
  /** The next key, or null at the end. */
  next(): Key | null;
  close(): void;
}

/** The stored keys of a range with those that a transaction has added, without those that it has removed; in order, as of each step. */
export class MergedKeys implements KeyScan {
  /** The next stored key, once it has been looked at: null at the end. */
  private ahead: Key | null | undefined = undefined;
  /** The last key that was looked at: own keys are looked for beyond it. */
  private last: Key | null = null;

  constructor(
    private readonly stored: Iterator<Key>,
    private readonly overlay: ReadonlyMap<Key, string | null>,
    private readonly overlayKeys: SortedKeys,
    private readonly range: KeyRange,
    private readonly reverse: boolean,
  ) {}

  next(): Key | null {
    const { reverse } = this;
    for (;;) {
      const storedKey = this.ahead === undefined ? this.pull() : this.ahead;
      const ownKey = this.overlay.size === 0 ? null : this.nextOwn();
      if (ownKey === null && storedKey === null) {
        this.ahead = null;
        return null;
      }
      const takeOwn = storedKey === null || (ownKey !== null && (reverse ? ownKey >= storedKey : ownKey <= storedKey));
      const key = (takeOwn ? ownKey : storedKey) as Key; // one of the two is there, by the lines before
      this.ahead = key === storedKey ? undefined : storedKey;
      this.last = key;
      if (!takeOwn || this.overlay.get(key) !== null) return key;
    }
  }

  close(): void {
    this.stored.return?.();
  }

  private pull(): Key | null {
    const next = this.stored.next();
    return next.done === true ? null : next.value;
  }

  private nextOwn(): Key | null {
    const [lo, hi] = this.range;
    const { last, overlayKeys } = this;
    const own = this.reverse ? overlayKeys.before(last ?? hi) : overlayKeys.atOrAfter(last === null ? lo : last + "\0");
    return own !== undefined && own >= lo && own < hi ? own : null;
  }
}
