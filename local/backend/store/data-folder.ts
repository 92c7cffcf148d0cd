import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockFolder } from "./folder-lock";
import { metaKey } from "../values/keys";
import { checkStore, markClosed, markInUse } from "./integrity";
import { Store, StoreFailure } from "./store";

/** The data of one backend, which no other may open. */
export interface DataFolder {
  store: Store;
  storeFolder: string;
  close(): Promise<void>;
}

/** How the data is laid out. To be changed with what stored data means; data without it is of the first. */
const FORMAT = "1";
/** So much must be free for a start: nobody can do anything with less. */
const ROOM_BYTES = 512 * 1024;

/** Opens the data in `folder`. Rejects when another backend is using it, or when it is damaged or not for this version; nothing is held then. */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  assertRoom(folder);
  const unlock = await lockFolder(folder);
  try {
    const storeFolder = join(folder, "store");
    await checkStore(storeFolder);
    const store = Store.open(storeFolder);
    await claim(store, folder);
    markInUse(storeFolder);
    return {
      store,
      storeFolder,
      close: async () => {
        await store.close();
        markClosed(storeFolder);
        await unlock();
      },
    };
  } catch (thrown) {
    await unlock();
    throw thrown;
  }
}

/** Throws {@link StoreFailure} when nothing can be written: a store that finds no room as it opens ends the process without a word. */
function assertRoom(folder: string): void {
  const trial = join(folder, `room-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(trial, Buffer.alloc(ROOM_BYTES));
  } catch (thrown) {
    throw new StoreFailure(`Nothing can be written to ${folder} (${thrown instanceof Error ? thrown.message : String(thrown)}). Make room, or see to it that it may be written, and start again.`);
  } finally {
    if (existsSync(trial)) rmSync(trial, { force: true });
  }
}

/** Rejects with {@link StoreFailure} when the data is laid out otherwise. */
async function claim(store: Store, folder: string): Promise<void> {
  const found = store.get(metaKey("format"));
  if (found === FORMAT) return;
  if (found === undefined) return store.commit([[metaKey("format"), FORMAT]]);
  await store.close();
  throw new StoreFailure(`The data in ${folder} is of another version of the backend (format ${found}; this one has ${FORMAT}). Start that version and export the data, or use another folder; nothing was changed.`);
}
