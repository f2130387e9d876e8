import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeSite } from '../../lib/fleet/remove-site.ts';
import { release } from '../../lib/release/release.ts';
import { emptyState } from '../../lib/release/state.ts';
import { readState, writeState } from '../../lib/release/state-file.ts';
import { newPublisher, takeTurn } from '../../lib/release/turn.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import type { ObjectStore } from '../../lib/stores/store.ts';
import { runs } from '../support/property-runs.ts';
import { hasRadosgw, type Radosgw, startRadosgw } from '../support/radosgw.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { planOf, scenes } from '../support/scenes.ts';

const object = (text: string) => ({
  body: new TextEncoder().encode(text),
  contentType: 'text/plain',
  cacheControl: 'no-store',
});

const now = new Date('2026-11-26T00:00:00Z');

describe.skipIf(!hasRadosgw())('a city that is taken away, at a real S3 server', () => {
  let server: Radosgw;
  let client: S3Client;
  let number = 0;

  beforeAll(async () => {
    server = await startRadosgw();
    client = s3ClientFor(server.endpoint);
  });
  afterAll(async () => {
    client?.destroy();
    await server?.[Symbol.asyncDispose]();
  });

  /** The three buckets of one deployment, of which nothing is in any yet. */
  async function deployment() {
    const bucket = `deployment-${number++}`;
    const names = { site: `${bucket}-site`, state: `${bucket}-state`, preview: `${bucket}-preview` };
    for (const Bucket of Object.values(names)) await client.send(new CreateBucketCommand({ Bucket }));
    const wholes = Object.values(names).map((name) => s3Store(client, name, ''));
    return {
      placesOf: (id: string) => ({
        site: s3Store(client, names.site, id),
        state: s3Store(client, names.state, `sites/${id}`),
        preview: s3Store(client, names.preview, `preview/${id}`),
      }),
      wholes,
      /** Every object of the three buckets with its etag. */
      async all() {
        const lists = await Promise.all(wholes.map(async (store) => [store.name, await store.list()] as const));
        return new Map(
          lists.flatMap(([name, keys]) => [...keys].map(([key, etag]) => [`${name}/${key}`, etag] as const)),
        );
      },
    };
  }

  const idArbitrary = fc.oneof(
    fc.constantFrom('a', 'a-b', 'ab', 'b', 'a-', 'a1', 'aa', 'sites', 'preview1', 'state'),
    fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,6}$/u),
  );

  it('leaves every object of every other city as it was, whatever the ids', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(idArbitrary, { minLength: 2, maxLength: 6 }),
        fc.array(
          fc.constantFrom('index.html', '2024/index.html', 'a/index.html', 'a-b', '部/x.json', 'data/v1/2024.json'),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        async (ids, keys) => {
          const { placesOf, wholes, all } = await deployment();
          // What is no single city's: the list, the operators' page, robots.txt.
          for (const store of wholes) await store.put('sites.json', object('all'));
          for (const id of ids) {
            const places = placesOf(id);
            for (const key of keys)
              for (const store of Object.values(places)) await store.put(key, object(`${id} ${key}`));
            await writeState(places.state, emptyState(places.site.name), null);
          }
          const before = await all();
          const [removed = ''] = ids;
          await removeSite(placesOf(removed));
          const own = [
            `${placesOf(removed).site.name}/`,
            `${placesOf(removed).state.name}/`,
            `${placesOf(removed).preview.name}/`,
          ];
          const expected = [...before].filter(([key]) => !own.some((place) => key.startsWith(place)));
          expect(expected.length).toBeGreaterThan(keys.length);
          expect(await all()).toEqual(new Map(expected));
        },
      ),
      { ...runs(12), examples: [[['a', 'a-b', 'ab', 'b'], ['index.html']]] },
    );
  });

  it('leaves nothing of the city, and says how much there was', async () => {
    const { placesOf, all } = await deployment();
    const places = placesOf('kawa');
    const { outcome } = await release(places, planOf('first'), { now });
    expect(outcome).toBe('published');
    await places.state.put('report.json', object('{}'));
    await places.preview.put(`${'0'.repeat(32)}/index.html`, object('draft'));
    expect(await removeSite(places)).toEqual({ site: scenes.first.files.length, state: 2, preview: 1 });
    expect(await all()).toEqual(new Map());
    expect(await removeSite(places)).toEqual({ site: 0, state: 0, preview: 0 });
  });

  it('loses only what it wrote itself, where it came from a deployment of its own and has no folders', async () => {
    const { placesOf, wholes, all } = await deployment();
    const [site, state] = wholes;
    if (site === undefined || state === undefined) throw new Error('There are three buckets.');
    const others = placesOf('umi');
    for (const place of Object.values(others)) await place.put('state.json', object('of umi'));
    await state.put('sites.json', object('{}'));
    await site.put('google1234.html', object('of the administrator'));
    const before = await all();
    const kawa = { site, state, preview: placesOf('kawa').preview };
    expect((await release(kawa, planOf('first'), { now })).outcome).toBe('published');
    expect((await release(kawa, planOf('withdrawn'), { now })).outcome).toBe('published');
    await state.put('report.json', object('{}'));
    expect(await removeSite(kawa)).toMatchObject({ state: 2, preview: 0 });
    expect(await all()).toEqual(before);
  });
});

describe('a city that is taken away', () => {
  async function published() {
    const places = { site: memoryStore('site'), state: memoryStore('state'), preview: memoryStore('preview') };
    const { outcome } = await release(places, planOf('first'), { now });
    expect(outcome).toBe('published');
    return places;
  }

  it('is not touched while it is being published', async () => {
    const places = await published();
    const publisher = newPublisher({ holder: { machine: 'another', pid: 1, isAlive: () => true } });
    const stored = await readState(places.state);
    if (stored === null) throw new Error('There is no state.');
    await takeTurn(places.state, publisher, stored, { objects: {}, remove: [] });
    await expect(removeSite(places, { patienceMs: 0 })).rejects.toMatchObject({ code: 'busy' });
    expect(places.site.objects.size).toBe(scenes.first.files.length);
  });

  it('can be taken away by a second try, where the first was interrupted at any point', async () => {
    const whole = await published();
    const total = whole.site.objects.size + whole.state.objects.size;
    for (let last = 0; last < total; last += 1) {
      const places = await published();
      let left = last;
      const interrupted = (store: ObjectStore): ObjectStore => ({
        ...store,
        delete: async (key, limits) => {
          if (left === 0) throw new Error('interrupted');
          left -= 1;
          return store.delete(key, limits);
        },
      });
      await expect(
        removeSite({ site: interrupted(places.site), state: interrupted(places.state), preview: null }),
      ).rejects.toThrow('interrupted');
      expect(places.state.objects.has('state.json')).toBe(true);
      await removeSite({ ...places, preview: null });
      expect([places.site.objects.size, places.state.objects.size]).toEqual([0, 0]);
    }
  });

  it('is refused where its previews would be the whole of a bucket, before anything is removed', async () => {
    const places = await published();
    const preview = { ...places.preview, name: 's3://bucket' };
    await expect(removeSite({ ...places, preview })).rejects.toMatchObject({ code: 'prefix-missing' });
    expect(places.site.objects.size).toBe(scenes.first.files.length);
  });
});
