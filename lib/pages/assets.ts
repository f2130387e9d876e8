import { hash } from 'node:crypto';
import { makeFile } from './make-file.ts';
import type { SiteFile } from './site-file.ts';

/** An asset under `assets/`, named with a hash of its content, so that it can be kept for ever. */
export function hashedAsset(name: string, content: string | Uint8Array): SiteFile {
  const digest = hash('sha256', content).slice(0, 10);
  const dot = name.lastIndexOf('.');
  return makeFile(`assets/${name.slice(0, dot)}-${digest}${name.slice(dot)}`, 'asset', content);
}
