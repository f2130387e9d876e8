import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pageKey, paths } from '../../pages/address.ts';

/** Whether a folder holds a preview: no site has the page of changes. */
export function isPreviewFolder(folder: string): boolean {
  return existsSync(path.join(folder, pageKey(paths.changes)));
}

/** Whether a preview may be built there: nothing is in it yet, or a preview. */
export function mayHoldPreview(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0 || isPreviewFolder(folder);
}
