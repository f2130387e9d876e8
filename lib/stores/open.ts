import type { S3Client } from '@aws-sdk/client-s3';
import { folderStore } from './folder/folder.ts';
import { type Place, placeOf, refuseStateInsideSite } from './location.ts';
import type { ObjectStore, Stores } from './store.ts';

export interface OpenOptions {
  /** For S3; made from the environment, as the SDK does it, where there is none. */
  readonly client?: S3Client | undefined;
  /** For their owner alone, where the place knows owners: what keeps state. */
  readonly isPrivate?: boolean;
}

/**
 * The store at a location: a folder's path, or `s3://bucket[/prefix]`. The S3 client is loaded only where it is needed: it
 * takes longer to load than a whole run over folders.
 *
 * @throws StoreError `location-invalid`
 */
export async function openStore(location: string, options: OpenOptions = {}): Promise<ObjectStore> {
  return storeAt(placeOf(location), options);
}

/**
 * The places of a site and of its state. Where both are in S3 they share a client, and with it connections and credentials.
 *
 * @throws StoreError `location-invalid`, `state-inside-site`
 */
export async function openStores(
  locations: { readonly site: string; readonly state: string },
  given?: S3Client,
): Promise<Stores> {
  const [site, state] = [placeOf(locations.site), placeOf(locations.state)];
  refuseStateInsideSite(site, state);
  const both = site.kind === 's3' && state.kind === 's3';
  const client = given ?? (both ? (await import('./s3/s3.ts')).s3Client() : undefined);
  return { site: await storeAt(site, { client }), state: await storeAt(state, { client, isPrivate: true }) };
}

async function storeAt(place: Place, { client, isPrivate = false }: OpenOptions): Promise<ObjectStore> {
  if (place.kind === 'folder') return folderStore(place.path, { isPrivate });
  const { s3Client, s3Store } = await import('./s3/s3.ts');
  return s3Store(client ?? s3Client(), place.bucket, place.prefix);
}
