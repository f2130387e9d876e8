import { folderStore } from './folder.ts';
import type { ObjectStore } from './store.ts';

/** Opens the store that a location names: a folder. */
export async function openStore(location: string): Promise<ObjectStore> {
  return folderStore(location);
}
