import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSiteList } from '../../lib/fleet/list-file.ts';
import type { SiteEntry } from '../../lib/fleet/site-list.ts';
import { isQuestionKey } from '../../lib/release/probe.ts';
import { Fleet } from '../support/fleet.ts';
import type { GoogleServer, LoggedRequest } from '../support/google-server.ts';
import { listedSite } from '../support/listed-site.ts';
import { hasRadosgw, startRadosgw } from '../support/radosgw.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { startS3Server } from '../support/s3-server.ts';

/** Nights of sixty cities, driven for real: processes, queues, an S3 server, Google's quotas. `npm run bench -- fleet` has the whole country. */

const evening = '2025-06-01T16:59:00Z';
const nextEvening = '2025-06-02T16:59:00Z';
const realMs = 240_000;
const site = (index: number): SiteEntry => listedSite(`city-${String(index).padStart(4, '0')}`);
const sixty = Array.from({ length: 60 }, (_, index) => site(index));
const poisoned = sixty.filter((_, index) => index % 10 === 3);

let s3: AsyncDisposable & { readonly endpoint: string };
let fleet: Fleet;
/** What each city's site was after its first night. */
let first: ReadonlyMap<string, string>;

beforeAll(async () => {
  s3 = hasRadosgw() ? await startRadosgw() : await startS3Server({ buckets: ['sites', 'state', 'sites-2', 'state-2'] });
  if (hasRadosgw()) {
    const client = s3ClientFor(s3.endpoint);
    for (const Bucket of ['sites', 'state', 'sites-2', 'state-2'])
      await client.send(new CreateBucketCommand({ Bucket }));
    client.destroy();
  }
  const buckets = { site: 'sites', state: 'state' };
  fleet = await Fleet.start({ sites: sixty, s3: s3.endpoint, buckets, factor: 20, from: evening });
}, 120_000);
afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
}, 60_000);

/** Most requests of a kind within any sixty seconds. */
function mostInAMinute(requests: readonly LoggedRequest[], kind: LoggedRequest['kind']): number {
  const times = requests.filter((request) => request.kind === kind).map(({ at }) => at);
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + 60_000).length));
}

const overQuota = ({ answers }: GoogleServer) => answers.filter((text) => text.includes('RESOURCE_EXHAUSTED')).length;

/**
 * What a city's site holds, but for the feed: it says to the second when something was published; and for what a worker left that was killed
 * while it asked whether the store keeps conditions: the next night clears that away.
 */
const pagesOf = (listed: ReadonlyMap<string, string>, { prefix }: SiteEntry) =>
  [...listed].filter(
    ([key]) =>
      key.startsWith(`${prefix}/`) && key !== `${prefix}/feed.xml` && !isQuestionKey(key.slice(prefix.length + 1)),
  );

test('a night publishes every city but the poisoned, whose names are in the dead-letter queue, and never asks Google too often', {
  timeout: realMs,
}, async () => {
  for (const [index, { spreadsheetId }] of poisoned.entries()) {
    if (index % 3 === 0) fleet.google.alter(spreadsheetId, { role: 'none' });
    else if (index % 3 === 1) fleet.google.delete(spreadsheetId);
    else fleet.google.edit(spreadsheetId, (model) => model.type('設定', 'A2', '市の名'));
  }
  await fleet.night(realMs);
  expect(fleet.deadLetters).toEqual(poisoned.map(({ id }) => id));
  first = await fleet.site.list();
  const without = sixty.filter((one) => !first.has(`${one.prefix}/index.html`)).map(({ id }) => id);
  expect(without).toEqual(poisoned.map(({ id }) => id));
  // Nobody's pages say another's name.
  for (const { prefix, id } of sixty.filter((one) => !poisoned.includes(one))) {
    const page = await fleet.site.get(`${prefix}/data/v1/2024.json`);
    expect(JSON.parse(new TextDecoder().decode(page?.body)).municipality.name).toBe(`${id}市`);
  }
  expect(mostInAMinute(fleet.google.requests, 'get')).toBeLessThanOrEqual(60);
  expect(mostInAMinute(fleet.google.requests, 'update')).toBeLessThanOrEqual(60);
  expect(overQuota(fleet.google)).toBe(0);
  // The list is whose it was.
  const list = await readSiteList(fleet.state, 'sites.json');
  expect(list.ok && list.list.sites).toEqual(sixty);
});

test('the same night again changes nothing, and reads each sheet once; messages come twice and out of order', {
  timeout: realMs,
}, async () => {
  const [before, doneBefore] = [fleet.google.requests.length, fleet.done.length];
  await fleet.goOn(nextEvening, { isUnruly: true });
  await fleet.night(realMs);
  expect(await fleet.site.list()).toEqual(first);
  const requests = fleet.google.requests.slice(before);
  const sound = sixty.filter((one) => !poisoned.includes(one));
  // One reading for each message: one for each sheet, and one more for each message that came twice.
  const done = fleet.done.slice(doneBefore);
  const reads = requests.filter(({ kind }) => kind === 'get');
  for (const { id, spreadsheetId } of sound) {
    const times = done.filter((one) => one === id).length;
    expect(times, id).toBeGreaterThanOrEqual(1);
    expect(reads.filter(({ file }) => file === spreadsheetId).length, id).toBe(times);
  }
  expect(
    requests.filter(({ kind, file }) => kind === 'update' && sound.some((one) => one.spreadsheetId === file)),
  ).toEqual([]);
  expect(overQuota(fleet.google)).toBe(0);
});

test('workers that are killed at random come to the same end', { timeout: realMs }, async () => {
  const sites = sixty.slice(0, 12).filter((one) => !poisoned.includes(one));
  const buckets = { site: 'sites-2', state: 'state-2' };
  await using other = await Fleet.start({
    sites,
    s3: s3.endpoint,
    buckets,
    factor: 20,
    from: evening,
    killOneIn: 4,
    isUnruly: true,
  });
  await other.night(realMs);
  await other.until('somebody was killed', () => other.killed > 0, realMs);
  const listed = await other.site.list();
  const dead = other.deadLetters;
  for (const one of sites.filter(({ id }) => !dead.includes(id)))
    expect(pagesOf(listed, one)).toEqual(pagesOf(first, one));
  // Three kills in a row of the same message may give it up; then it is named, and the next night makes it up. Nothing is left over then.
  await other.goOn(nextEvening, { isUnruly: false, killOneIn: 0 });
  await other.night(realMs);
  const keys = [...(await other.site.list()).keys()];
  const wanted = [...first.keys()].filter((key) => sites.some(({ prefix }) => key.startsWith(`${prefix}/`)));
  expect(keys.toSorted()).toEqual(wanted.toSorted());
});
