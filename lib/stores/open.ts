import type { S3Client } from '@aws-sdk/client-s3';
import { folderStore } from './folder/folder.ts';
import type { Stores } from './store.ts';
import { type ObjectStore, StoreError } from './store.ts';

/** `s3://bucket` or `s3://bucket/prefix`; bucket names by the rules of S3. */
const s3Location = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

/**
 * The store at a location: a folder's path, or `s3://bucket[/prefix]`. The S3 client is loaded only where it is needed: it
 * takes longer to load than a whole run over folders.
 *
 * @param client for S3; made from the environment, as the SDK does it, where there is none
 * @throws StoreError `location-invalid`
 */
export async function openStore(location: string, client?: S3Client): Promise<ObjectStore> {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) {
    if (location.trim() === '') throw invalid(location);
    return folderStore(location);
  }
  const match = s3Location.exec(location);
  const bucket = match?.[1];
  if (bucket === undefined) throw invalid(location);
  const { s3Client, s3Store } = await import('./s3/s3.ts');
  return s3Store(client ?? s3Client(), bucket, (match?.[2] ?? '').replace(/^\/+|\/+$/g, ''));
}

/**
 * The places of a site and of its state. Where both are in S3 they share a client, and with it connections and credentials.
 *
 * @throws StoreError `location-invalid`
 */
export async function openStores(locations: { readonly site: string; readonly state: string }): Promise<Stores> {
  const both = [locations.site, locations.state].every((location) => s3Location.test(location));
  const client = both ? (await import('./s3/s3.ts')).s3Client() : undefined;
  return { site: await openStore(locations.site, client), state: await openStore(locations.state, client) };
}

function invalid(location: string): StoreError {
  return new StoreError(
    'location-invalid',
    `保管場所の指定が正しくありません（${JSON.stringify(location)}）。`,
    'フォルダーの場所か、s3://バケット名/接頭辞 の形で指定してください。',
  );
}
