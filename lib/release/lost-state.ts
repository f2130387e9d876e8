import { paths } from '../pages/address.ts';
import type { Stores } from '../stores/store.ts';
import { readState } from './state-file.ts';

/**
 * Whether there is a site and no state that knows of it. A run that took this for a first publication would show nothing of a department
 * that is held, and lose the history.
 *
 * @throws StoreError where one of them cannot be read
 */
export async function isStateLost({ site, state }: Stores): Promise<boolean> {
  if ((await readState(state)) !== null) return false;
  return (await site.get(paths.index)) !== null;
}
