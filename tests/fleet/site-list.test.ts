import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeSiteList, readSiteList, siteListPlaceOf } from '../../lib/fleet/list-file.ts';
import { checkSiteList, parseSiteList, siteEntrySchema, siteListJsonSchema } from '../../lib/fleet/site-list.ts';
import { placesOf } from '../../lib/fleet/site-places.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { listedSite } from '../support/listed-site.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const codesOf = (value: unknown): string[] => {
  const checked = checkSiteList(value);
  return checked.ok ? [] : checked.problems.map(({ code }) => code);
};

test('the list of the contract is read as it stands there', () => {
  const site = {
    id: 'kita-shi',
    spreadsheetId: '1AbCdEfGhIjKlMnOp',
    prefix: 'kita-shi',
    url: 'https://goals.example.lg.jp/kita-shi/',
    staffEmail: 'kikaku@city.example.lg.jp',
    paused: false,
  };
  expect(parseSiteList(encode({ sites: [site] }))).toEqual({
    ok: true,
    list: { sites: [{ ...site, direct: false, stateAtRoot: false }] },
  });
});

test('the published schema is that of the program, and refuses what the program refuses', () => {
  const text = readFileSync(path.join(import.meta.dirname, '../../docs/sites.schema.json'), 'utf8');
  expect(text).toBe(siteListJsonSchema());
  const ajv = new Ajv2020({ allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(text));
  expect(validate({ sites: [listedSite('a')] })).toBe(true);
  for (const wrong of [
    { id: 'A' },
    { spreadsheetId: 'short' },
    { prefix: '/a' },
    { prefix: 'a/../b' },
    { staffEmail: 'x' },
  ]) {
    expect(validate({ sites: [{ ...listedSite('a'), ...wrong }] }), JSON.stringify(wrong)).toBe(false);
  }
});

test.each([
  ['site-id-invalid', { id: 'Kita' }],
  ['site-id-invalid', { id: '' }],
  ['site-id-invalid', { id: 'a/b' }],
  ['site-spreadsheet-invalid', { spreadsheetId: 'https://docs.google.com/' }],
  ['site-prefix-invalid', { prefix: 'a/' }],
  ['site-prefix-invalid', { prefix: '../b' }],
  ['site-prefix-invalid', { prefix: 'a/.mokuhyo-x' }],
  ['site-url-invalid', { url: 'goals.example.jp' }],
  ['site-url-invalid', { url: 'https://user:secret@example.jp/' }],
  ['site-email-invalid', { staffEmail: 'nobody' }],
  ['site-paused-invalid', { paused: 'はい' }],
  ['site-direct-invalid', { direct: 1 }],
  ['site-state-invalid', { stateAtRoot: 'yes' }],
  ['site-field-unknown', { pused: true }],
])('%s: %j is refused by its name, with the site named and no value shown', (code, wrong) => {
  const checked = checkSiteList({ sites: [listedSite('a'), { ...listedSite('b'), ...wrong }] });
  expect(checked.ok).toBe(false);
  const problems = checked.ok ? [] : checked.problems;
  expect(problems.map((problem) => problem.code)).toEqual([code]);
  expect(problems[0]?.message).toMatch(code === 'site-id-invalid' ? /^2番目のサイトの id が/u : /^サイト b /u);
  expect(JSON.stringify(problems)).not.toContain('secret');
});

test('a missing field is said to be missing, and everything that is wrong is said at once', () => {
  const { url: _, ...without } = listedSite('a');
  const checked = checkSiteList({ sites: [without, { ...listedSite('b'), prefix: '/' }] });
  expect(checked.ok ? [] : checked.problems.map(({ message }) => message)).toEqual([
    'サイト a の url がありません。',
    'サイト b の prefix が正しくありません。',
  ]);
});

test('text that is no JSON, bytes that are no text and JSON of another form are told apart', () => {
  const codes = [new TextEncoder().encode('{'), new Uint8Array([0xff, 0xfe]), encode([]), encode({ sites: 1 })].map(
    (body) => {
      const parsed = parseSiteList(body);
      return parsed.ok ? 'ok' : parsed.problems[0]?.code;
    },
  );
  expect(codes).toEqual(['sites-not-json', 'sites-not-json', 'sites-invalid', 'sites-invalid']);
});

test('two sites share no id, sheet, address or folder, and none lies in another', () => {
  const [a, b] = [listedSite('a'), listedSite('b')];
  expect(codesOf({ sites: [a, { ...b, id: 'a' }] })).toEqual(['site-id-twice']);
  expect(codesOf({ sites: [a, { ...b, spreadsheetId: a.spreadsheetId }] })).toEqual(['site-spreadsheet-twice']);
  expect(codesOf({ sites: [a, { ...b, url: a.url.replace(/\/$/u, '') }] })).toEqual(['site-url-twice']);
  expect(codesOf({ sites: [a, { ...b, prefix: 'a' }] })).toEqual(['site-prefix-twice']);
  expect(codesOf({ sites: [a, { ...b, prefix: 'a/b' }] })).toEqual(['site-prefix-inside']);
  expect(codesOf({ sites: [{ ...a, prefix: '' }, b] })).toEqual(['site-prefix-inside']);
  expect(
    codesOf({
      sites: [
        { ...a, stateAtRoot: true },
        { ...b, stateAtRoot: true },
      ],
    }),
  ).toEqual(['site-state-twice']);
  // Neighbours by name are none by folder.
  expect(codesOf({ sites: [a, { ...b, prefix: 'ab' }, { ...listedSite('c'), prefix: 'a-b' }] })).toEqual([]);
  expect(codesOf({ sites: [{ ...a, prefix: '', stateAtRoot: true }] })).toEqual([]);
});

const segment = fc.stringMatching(/^[ab][ab.-]{0,2}$/);
const entry = fc.record({
  id: fc.stringMatching(/^[ab][ab-]{0,2}$/),
  prefix: fc.array(segment, { maxLength: 3 }).map((segments) => segments.join('/')),
});
const buckets = { site: 'fleet-sites', state: 'fleet-state', preview: 'fleet-previews' };

test('in a list that is accepted, no place of a site lies in a place of another', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.uniqueArray(entry, { minLength: 2, maxLength: 6, selector: ({ id }) => id }), (entries) => {
      const checked = checkSiteList({ sites: entries.map(({ id, prefix }) => ({ ...listedSite(id), prefix })) });
      if (!checked.ok) return;
      accepted += 1;
      const places = checked.list.sites.map((site) => placesOf(site, buckets));
      for (const one of places) {
        for (const other of places) {
          if (one === other) continue;
          for (const [inner, outer] of [
            [one.site, other.site],
            [one.state, other.state],
            [one.preview?.location, other.preview?.location],
          ]) {
            expect(`${inner}/`.startsWith(`${outer}/`), `${inner} in ${outer}`).toBe(false);
          }
        }
      }
    }),
    { numRuns: 1000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

test('no id and no prefix leads out of the place that it is meant for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (id, prefix) => {
      const parsed = siteEntrySchema.safeParse({ ...listedSite('a'), id, prefix });
      if (!parsed.success) return;
      const { site, state } = placesOf(parsed.data, buckets);
      for (const place of [site, state]) expect(new URL(place).pathname.split('/')).not.toContain('..');
      expect(new URL(state).pathname).toBe(`/sites/${id}`);
    }),
    { numRuns: 2000 },
  );
});

test('two administrators at once do not lose each other’s change', async () => {
  const store = memoryStore();
  const add = (id: string) =>
    changeSiteList(store, 'sites.json', (list) => ({ sites: [...list.sites, listedSite(id)] }));
  await Promise.all(['a', 'b', 'c', 'd'].map(add));
  const read = await readSiteList(store, 'sites.json');
  expect(read.ok && read.list.sites.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c', 'd']);
});

test('a list that is broken is never written over, nor is one written that is refused', async () => {
  const store = memoryStore();
  const broken = { body: new TextEncoder().encode('{'), contentType: 'application/json', cacheControl: 'no-store' };
  await store.put('sites.json', broken);
  expect((await changeSiteList(store, 'sites.json', (list) => list)).ok).toBe(false);
  expect((await store.get('sites.json'))?.body).toEqual(broken.body);
  const clash = await changeSiteList(store, 'other.json', () => ({ sites: [listedSite('a'), listedSite('a')] }));
  expect(clash.ok).toBe(false);
  expect(await store.get('other.json')).toBeNull();
});

test('where a list is', () => {
  expect(siteListPlaceOf('s3://fleet-state/sites.json')).toEqual({ folder: 's3://fleet-state', key: 'sites.json' });
  expect(siteListPlaceOf('state/sites.json')).toEqual({ folder: 'state', key: 'sites.json' });
  expect(siteListPlaceOf('sites.json')).toEqual({ folder: '.', key: 'sites.json' });
  for (const none of ['', 's3://sites.json', 'https://example.jp/sites.json', 's3://fleet-state/']) {
    expect(siteListPlaceOf(none), none).toBeNull();
  }
});
