import { createHash } from 'node:crypto';
import { makeFile } from './make-file.ts';
import type { SiteFile } from './site-file.ts';

/** An asset under `assets/`, named with a hash of its content, so that it can be kept for ever. */
export function hashedAsset(name: string, content: string | Uint8Array): SiteFile {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const dot = name.lastIndexOf('.');
  return makeFile(`assets/${name.slice(0, dot)}-${hash}${name.slice(dot)}`, 'asset', content);
}
