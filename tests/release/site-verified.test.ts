import { describe, expect, test } from 'vitest';
import type { ReleaseOptions } from '../../lib/release/change-site.ts';
import { release } from '../../lib/release/release.ts';
import { parseState } from '../../lib/release/state.ts';
import { verifySite } from '../../lib/release/verify.ts';
import { type MemoryStore, memoryStore } from '../../lib/stores/memory.ts';
import type { ObjectStore, PutCondition } from '../../lib/stores/store.ts';
import { Killed, Life } from '../support/kill-points.ts';
import { planOf, scenes } from '../support/scenes.ts';

const now = new Date('2025-04-01T00:00:00Z');
const options: ReleaseOptions = { now };
const night: ReleaseOptions = { now, verifySite: true };
const memory = () => ({ site: memoryStore('site'), state: memoryStore('state') });
const bytesIn = (store: MemoryStore) =>
  [...store.objects].map(([key, { body }]) => [key, Buffer.from(body).toString()]).sort();
const stateIn = (store: MemoryStore) => parseState(store.objects.get('state.json')?.body ?? new Uint8Array());
const theirs = { body: Buffer.from('theirs'), contentType: 'text/plain', cacheControl: '' };

describe('the night', () => {
  test('costs one list where nothing differs, and the day none', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    expect(await release(stores, planOf('first'), options)).toMatchObject({
      outcome: 'unchanged',
      requests: { site: 0, state: 1 },
    });
    expect(await release(stores, planOf('first'), night)).toMatchObject({
      outcome: 'unchanged',
      requests: { site: 1, state: 1 },
      notes: [],
    });
  });

  test('puts back what was changed and what was removed by hand, and says so', async () => {
    const stores = memory();
    await release(stores, planOf('restyled'), options);
    const { release: id } = await release(stores, planOf('first'), options);
    const before = bytesIn(stores.site);
    const oldAsset = [...stores.site.objects.keys()].find(
      (key) => key.startsWith('assets/') && !scenes.first.files.some((file) => file.key === key),
    );
    if (oldAsset === undefined) throw new Error('no older asset');
    await stores.site.put('2024/somu/index.html', theirs);
    await stores.site.put(oldAsset, theirs);
    await stores.site.delete('2024/kankyo/index.html');
    await stores.site.put('google1234.html', theirs);
    expect(await release(stores, planOf('first'), options)).toMatchObject({
      outcome: 'unchanged',
      requests: { site: 0 },
    });
    const result = await release(stores, planOf('first'), night);
    expect(result).toMatchObject({
      outcome: 'published',
      release: id,
      objects: { written: 3, deleted: 0 },
      problem: null,
      notes: [{ code: 'site-repaired', message: expect.stringMatching(/3件.*2024\/kankyo\/index\.html/u) }],
    });
    expect(bytesIn(stores.site)).toEqual([...before, ['google1234.html', 'theirs']].sort());
    expect(await release(stores, planOf('first'), night)).toMatchObject({ outcome: 'unchanged', notes: [] });
  });

  test('takes away what came back to an address that was given up, and nothing of anybody else', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const page = '2024/kodomo/index.html';
    const old = stores.site.objects.get(page);
    if (old === undefined) throw new Error('no page');
    await release(stores, planOf('withdrawn'), options);
    await stores.site.put(page, old);
    expect(await release(stores, planOf('withdrawn'), night)).toMatchObject({
      outcome: 'published',
      objects: { written: 0, deleted: 1 },
      notes: [{ code: 'site-repaired' }],
    });
    await stores.site.put(page, theirs);
    expect(await release(stores, planOf('withdrawn'), night)).toMatchObject({ outcome: 'unchanged' });
    expect(stores.site.objects.get(page)?.body).toEqual(theirs.body);
  });
});

describe('an address that was announced and never written', () => {
  test.each(['before', 'after'] as const)(
    'is left as somebody else has it, where its publisher was killed %s its intent and the sheet has changed since',
    async (when) => {
      const stores = memory();
      await release(stores, planOf('first'), options);
      await stores.site.put('2025/somu/index.html', theirs);
      const life = new Life({ operation: when === 'before' ? 2 : 4, when: 'before' });
      const dying = { site: life.over(stores.site), state: life.over(stores.state) };
      const holder = { machine: 'here', pid: 1, isAlive: () => false };
      await expect(release(dying, planOf('yearAdded'), { now, holder })).rejects.toThrow(Killed);
      for (const again of [options, night]) {
        await release(stores, planOf('first'), { ...again, holder: { ...holder, pid: 2 } });
        expect(stores.site.objects.get('2025/somu/index.html')?.body).toEqual(theirs.body);
      }
      expect(stateIn(stores.state)?.pending).toBeNull();
    },
  );
});

describe('a refusal', () => {
  /** A site that refuses so many writes, whatever their condition. */
  function refusing(store: MemoryStore, times: number): ObjectStore & { readonly conditions: 'kept' } {
    let left = times;
    return {
      ...store,
      requests: 0,
      conditions: 'kept',
      async put(key, object, condition) {
        if (left > 0 && key === 'data/v1/2024.json') {
          left -= 1;
          return { outcome: 'lost', current: await store.get(key) };
        }
        return store.put(key, object, condition);
      },
    };
  }

  test('that is untrue is never taken for a write', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const once = await release({ ...stores, site: refusing(stores.site, 1) }, planOf('oneGoal'), options);
    expect(once).toMatchObject({ outcome: 'published' });
    const wanted = scenes.oneGoal.files.find(({ key }) => key === 'data/v1/2024.json');
    expect(Buffer.from(stores.site.objects.get('data/v1/2024.json')?.body ?? []).toString()).toBe(
      wanted?.body.toString(),
    );
    const always = await release({ ...stores, site: refusing(stores.site, 1_000) }, planOf('first'), options);
    expect(always).toMatchObject({ outcome: 'failed', problem: { code: 'write-refused' } });
    expect(await release(stores, planOf('first'), options)).toMatchObject({ outcome: 'published' });
  });

  test('is what a write gets that knows another object than is there', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const conditions: (PutCondition | undefined)[] = [];
    const site: ObjectStore = {
      ...stores.site,
      requests: 0,
      put(key, object, condition) {
        conditions.push(condition);
        return stores.site.put(key, object, condition);
      },
    };
    await release({ ...stores, site }, planOf('yearAdded'), options);
    expect(conditions).not.toContain(undefined);
    expect(conditions.filter((condition) => condition && 'ifAbsent' in condition)).toHaveLength(4);
  });
});

describe('a state that is gone', () => {
  test('stops a publish, until it is told to begin anew', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const before = bytesIn(stores.site);
    const gone = { ...stores, state: memoryStore('state') };
    let planned = 0;
    const plan = () => {
      planned += 1;
      return planOf('oneGoal')();
    };
    expect(await release(gone, plan, options)).toMatchObject({ outcome: 'blocked', problem: { code: 'state-lost' } });
    expect([planned, bytesIn(stores.site), gone.state.objects.size]).toEqual([0, before, 0]);
    expect(await release(gone, plan, { ...options, rewrite: true })).toMatchObject({ outcome: 'published' });
    expect(await release(gone, plan, options)).toMatchObject({ outcome: 'unchanged' });
  });

  test('is none for a folder of one own that is built anew', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const gone = { ...stores, state: memoryStore('state') };
    expect(await release(gone, planOf('first'), { ...options, startOver: true })).toMatchObject({
      outcome: 'published',
    });
  });
});

describe('verify', () => {
  test('says what is missing, changed and left over, counts what is foreign, and writes nothing', async () => {
    const stores = memory();
    expect(await verifySite(stores)).toMatchObject({ ok: false, problem: { code: 'nothing-published' } });
    await release(stores, planOf('first'), options);
    const old = stores.site.objects.get('2024/kodomo/index.html');
    if (old === undefined) throw new Error('no page');
    const { release: id } = await release(stores, planOf('withdrawn'), options);
    expect(await verifySite(stores, { deep: true })).toMatchObject({
      ok: true,
      release: id,
      differences: [],
      foreign: 0,
      busy: false,
    });
    await stores.site.put('2024/kodomo/index.html', old);
    await stores.site.put('index.html', theirs);
    await stores.site.put('theirs.txt', theirs);
    await stores.site.delete('feed.xml');
    const before = bytesIn(stores.site);
    expect(await verifySite(stores)).toMatchObject({
      ok: true,
      differences: [
        { key: '2024/kodomo/index.html', what: 'left-over' },
        { key: 'feed.xml', what: 'missing' },
        { key: 'index.html', what: 'changed' },
      ],
      foreign: 1,
    });
    expect(bytesIn(stores.site)).toEqual(before);
    expect(await verifySite({ ...stores, site: memoryStore('another') })).toMatchObject({
      ok: false,
      problem: { code: 'another-site' },
    });
  });

  test('with deep finds bytes that differ under the same etag', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const site: ObjectStore = {
      ...stores.site,
      requests: 0,
      get: async (key) => {
        const object = await stores.site.get(key);
        return key === 'feed.xml' && object !== null ? { ...object, body: Buffer.from('other') } : object;
      },
    };
    expect(await verifySite({ ...stores, site })).toMatchObject({ differences: [] });
    expect(await verifySite({ ...stores, site }, { deep: true })).toMatchObject({
      differences: [{ key: 'feed.xml', what: 'changed' }],
    });
  });
});
