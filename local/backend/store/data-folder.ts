import { join } from "node:path";
import { lockFolder } from "./folder-lock";
import { checkStore, markInUse, unmarkInUse } from "./integrity";
import { Store } from "./store";

/** The data of one backend, which no other may open. */
export interface DataFolder {
  store: Store;
  storeFolder: string;
  close(): Promise<void>;
}

/** Opens the data in `folder`. Rejects when another backend is using it, or when it is damaged; nothing is held then. */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const unlock = await lockFolder(folder);
  try {
    const storeFolder = join(folder, "store");
    await checkStore(storeFolder);
    const store = Store.open(storeFolder);
    markInUse(storeFolder);
    return {
      store,
      storeFolder,
      close: async () => {
        await store.close();
        unmarkInUse(storeFolder);
        unlock();
      },
    };
  } catch (thrown) {
    unlock();
    throw thrown;
  }
}
