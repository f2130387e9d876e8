import { CreateBucketCommand, PutBucketVersioningCommand, type S3Client } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import { runFrozen } from '../support/frozen-publisher.ts';
import { publishInProcesses } from '../support/publish-in-processes.ts';
import { hasRadosgw, type Radosgw, startRadosgw } from '../support/radosgw.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { planOf } from '../support/scenes.ts';
import { storeContract } from '../support/store-contract.ts';

/** Against a real S3 server. Skipped, in the open, where Ceph's gateway is not installed. */
describe.skipIf(!hasRadosgw())('S3, as radosgw speaks it', () => {
  let server: Radosgw;
  let client: S3Client;
  let number = 0;

  beforeAll(async () => {
    server = await startRadosgw();
    client = s3ClientFor(server.endpoint);
    await client.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  });
  afterAll(async () => {
    client?.destroy();
    await server?.[Symbol.asyncDispose]();
  });

  storeContract(async () => ({
    fresh: async () => s3Store(client, 'bucket', `prefix/${number++}`),
    [Symbol.asyncDispose]: async () => {},
  }));

  /** The long form is tests/bench/trials.ts. */
  test('of twenty publishers that freeze in the middle of a request, none leaves anything old behind', {
    timeout: 300_000,
  }, async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const results = await pMap(
      numbers,
      (trial) => {
        const [site, state] = [`s3://bucket/frozen-${trial}/site`, `s3://bucket/frozen-${trial}/state`];
        const stores = {
          site: s3Store(client, 'bucket', `frozen-${trial}/site`),
          state: s3Store(client, 'bucket', `frozen-${trial}/state`),
        };
        return runFrozen({ endpoint: server.endpoint, site, state, stores }, trial);
      },
      { concurrency: 20 },
    );
    expect(results.filter(({ frozenAt }) => frozenAt !== null).length).toBeGreaterThan(10);
    expect(results.map(({ stale: { byDay, byNight }, lies }) => ({ byDay, byNight, lies }))).toEqual(
      numbers.map(() => ({ byDay: [], byNight: [], lies: [] })),
    );
  });

  test('a versioned bucket, where If-Match does not hold, is refused before anything is written', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'versioned' }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration }));
    const stores = {
      site: s3Store(client, 'versioned', 'site'),
      state: s3Store(client, 'versioned', 'state'),
    };
    expect(await release(stores, planOf('first'), { now: new Date(0) })).toMatchObject({
      outcome: 'failed',
      objects: { written: 0 },
      problem: { code: expect.stringMatching(/^conditions-/u) },
    });
    expect((await s3Store(client, 'versioned', '').list()).size).toBe(0);
  });

  test('a body that was damaged on its way is refused', async () => {
    const damaging = s3ClientFor(server.endpoint, { maxAttempts: 1 });
    damaging.middlewareStack.add(
      (next) => (args) => {
        // After it was signed.
        if (typeof args.request === 'object' && args.request !== null)
          Object.assign(args.request, { body: Buffer.from('B') });
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const store = s3Store(damaging, 'bucket', 'damaged');
    const object = { body: Buffer.from('A'), contentType: 'text/plain', cacheControl: '' };
    await expect(store.put('key', object)).rejects.toMatchObject({ code: 's3-damaged' });
    expect(await s3Store(client, 'bucket', 'damaged').get('key')).toBeNull();
    damaging.destroy();
  });

  test('of twenty processes with different data each publishes once, one after another', {
    timeout: 300_000,
  }, async () => {
    const site = 's3://bucket/race/site';
    const state = 's3://bucket/race/state';
    const results = await publishInProcesses(20, { site, state, endpoint: server.endpoint });
    const stateStore = s3Store(client, 'bucket', 'race/state');
    const siteStore = s3Store(client, 'bucket', 'race/site');

    expect(results.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 20 }, () => 'published'));
    const list = await listReleases(stateStore);
    if (!list.ok) throw new Error(list.problem.message);
    expect(list.releases.map(({ generation }) => generation)).toEqual(Array.from({ length: 20 }, (_, n) => 20 - n));
    expect(new Set(list.releases.map(({ release }) => release))).toEqual(
      new Set(results.map(({ release }) => release)),
    );
    const last = results.find(({ release }) => release === list.releases[0]?.release);
    for (const [key, text] of Object.entries(last?.files ?? {})) {
      const there = await siteStore.get(key);
      expect(there && Buffer.from(there.body).toString(), key).toBe(text);
    }
  });
});
