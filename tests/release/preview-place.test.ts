import { describe, expect, test } from 'vitest';
import type { SiteFile } from '../../lib/pages/site-file.ts';
import { currentPreview, endPreview, putPreview } from '../../lib/release/preview-place.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { StoreError } from '../../lib/stores/store.ts';

const now = new Date('2025-04-01T00:00:00Z');
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);

const file = (key: string, text = key): SiteFile => ({
  key,
  body: new TextEncoder().encode(text),
  contentType: 'text/html; charset=utf-8',
  cacheControl: 'no-store',
  role: 'leaf',
});

function stores() {
  return { preview: memoryStore('previews'), state: memoryStore('state') };
}

describe('the place of previews', () => {
  test('has an address of 128 random bits, the same until the next release', async () => {
    const places = stores();
    const first = await putPreview(places, [file('index.html')], { now, release: null });
    expect(first?.path).toMatch(/^[0-9a-f]{32}\/$/u);
    expect(first?.until).toEqual(later(7));
    expect(await putPreview(places, [file('index.html', 'new')], { now: later(1), release: null })).toEqual(first);
    const second = await putPreview(places, [file('index.html')], { now: later(1), release: '000001-00000000' });
    expect(second?.path).not.toBe(first?.path);
    expect([...places.preview.objects.keys()]).toEqual([`${second?.path}index.html`]);
    expect(await currentPreview(places.state)).toEqual(second);
  });

  test('holds no file older than it may be: what is kept for long gets another address', async () => {
    const places = stores();
    const first = await putPreview(places, [file('index.html')], { now, release: null });
    const second = await putPreview(places, [file('index.html')], { now: later(6), release: null });
    expect(second?.path).not.toBe(first?.path);
    expect(second?.until).toEqual(later(13));
  });

  test('writes what changed and no more, and takes away what is no longer there', async () => {
    const places = stores();
    await putPreview(places, [file('a.html'), file('b.html')], { now, release: null });
    const before = places.preview.requests;
    const address = await putPreview(places, [file('a.html')], { now, release: null });
    expect(places.preview.requests - before).toBe(1);
    expect([...places.preview.objects.keys()]).toEqual([`${address?.path}a.html`]);
  });

  test('knows after a run that died what may lie there, and the next one writes and clears it all', async () => {
    const places = stores();
    let writes = 0;
    const dying = {
      ...places.preview,
      put: async (...given: Parameters<typeof places.preview.put>) => {
        writes += 1;
        if (writes > 1) throw new StoreError('s3-unavailable', '', '');
        return places.preview.put(...given);
      },
    };
    const files = [file('a.html'), file('b.html')];
    await expect(putPreview({ ...places, preview: dying }, files, { now, release: null })).rejects.toThrow(StoreError);
    const again = await putPreview(places, files, { now, release: null });
    expect([...places.preview.objects.keys()].sort()).toEqual([`${again?.path}a.html`, `${again?.path}b.html`]);
    expect(await endPreview(places)).toBe(2);
    expect([...places.preview.objects.keys(), ...places.state.objects.keys()]).toEqual([]);
    expect(await endPreview(places)).toBe(0);
    expect(await currentPreview(places.state)).toBeNull();
  });

  test('tells a run that another one wrote at the same time, and lets the next one write all of it', async () => {
    const places = stores();
    let other: Promise<unknown> = Promise.resolve();
    const slow = {
      ...places.preview,
      put: async (...given: Parameters<typeof places.preview.put>) => {
        other = putPreview(places, [file('index.html', 'newer')], { now, release: null });
        await other;
        return places.preview.put(...given);
      },
    };
    expect(
      await putPreview({ ...places, preview: slow }, [file('index.html', 'older')], { now, release: null }),
    ).toBeNull();
    const last = await putPreview(places, [file('index.html', 'newer')], { now, release: null });
    const body = places.preview.objects.get(`${last?.path}index.html`)?.body;
    expect(new TextDecoder().decode(body)).toBe('newer');
  });

  test('begins anew where its record cannot be read', async () => {
    const places = stores();
    await places.state.put('preview.json', {
      body: new TextEncoder().encode('{"token":'),
      contentType: 'application/json',
      cacheControl: 'no-store',
    });
    expect(await putPreview(places, [file('index.html')], { now, release: null })).not.toBeNull();
  });
});
