import type { ObjectStore } from '../stores/store.ts';

/**
 * Asks for publication at once: an object in the state's store, whose writing is an event for the function that publishes. So
 * the function that reads the sheet every few minutes needs no right to change the site, or to start another function.
 *
 * Asking twice does no harm: publishing what is published already changes nothing.
 *
 * @throws StoreError where it could not be written
 */
export async function askToPublish(store: ObjectStore, version: string): Promise<void> {
  await store.put(publishRequestKey, {
    body: new TextEncoder().encode(`${JSON.stringify({ schemaVersion: 1, version })}\n`),
    contentType: 'application/json',
    cacheControl: 'no-store',
  });
}

/** As in the event pattern and the role of the deployment. */
export const publishRequestKey = 'requests/publish-now.json';
