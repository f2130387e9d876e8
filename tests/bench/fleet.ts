import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { SiteEntry } from '../../lib/fleet/site-list.ts';
import { Fleet } from '../support/fleet.ts';
import { listedSite } from '../support/listed-site.ts';
import { hasRadosgw, startRadosgw } from '../support/radosgw.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { startS3Server } from '../support/s3-server.ts';
import { isUnticked, tick } from '../support/tick.ts';
import type { Bench } from './bench.ts';
import type { Row } from './table.ts';

/**
 * Nights of many cities in one deployment, driven as in tests/fleet/night.test.ts: the first, which publishes them all, and the next, in
 * which nothing is new. `FLEET_SIZES=100,1741` says how many cities, `FLEET_FACTOR=6,3` how fast the clocks run in the first
 * night and in the next: a reading that finds nothing new allows one a second, and so several a second of this machine.
 *
 * The table has the machine's seconds and processor's work; what is said beside it is by the fleet's own clock.
 */
export const fleet: Bench = {
  name: 'fleet',
  async run({ tell }) {
    const sizes = (process.env['FLEET_SIZES'] ?? '100,1741').split(',').map(Number);
    const [first = 6, next = first / 2] = (process.env['FLEET_FACTOR'] ?? '6,3').split(',').map(Number);
    const rows: Row[] = [];
    const costs: { readonly size: number; readonly processor: number }[] = [];
    for (const size of sizes) {
      const { rows: measured, processor } = await nightsOf(size, { first, next }, tell);
      rows.push(...measured);
      costs.push({ size, processor });
    }
    const [small, large] = [costs[0], costs.at(-1)];
    if (small !== undefined && large !== undefined && small !== large) {
      const exponent = Math.log(large.processor / small.processor) / Math.log(large.size / small.size);
      tell(
        `fleet: the processor's work grows with the power ${exponent.toFixed(3)} of the cities (${small.size} to ${large.size})`,
      );
    }
    return rows;
  },
};

const realMs = 3 * 3_600_000;

async function nightsOf(
  size: number,
  factors: { readonly first: number; readonly next: number },
  tell: (line: string) => void,
) {
  const sites = Array.from({ length: size }, (_, index) => listedSite(`city-${String(index).padStart(4, '0')}`));
  const poisoned = sites.filter((_, index) => index % Math.ceil(size / 12) === 0);
  // Past the first quarter, whose staff tick: it must not keep them waiting.
  const giant = sites[Math.floor(size / 2) + 1];
  const names = ['sites', 'state'];
  await using s3 = hasRadosgw() ? await startRadosgw() : await startS3Server({ buckets: names });
  if (hasRadosgw()) {
    const client = s3ClientFor(s3.endpoint);
    for (const Bucket of names) await client.send(new CreateBucketCommand({ Bucket }));
    client.destroy();
  }
  await using driven = await Fleet.start({
    sites,
    s3: s3.endpoint,
    buckets: { site: 'sites', state: 'state' },
    ...(giant === undefined ? {} : { giant: giant.id }),
    factor: factors.first,
    // In the night, so that who is new in the list is read in full and not looked at before.
    from: '2025-06-01T17:00:00Z',
    visibility: 20,
    workers: { work: 2, night: 4 },
  });
  for (const { spreadsheetId } of poisoned) driven.google.alter(spreadsheetId, { role: 'none' });

  const first = await measured(driven, `${size} cities, first night`, tell, { sites, poisoned });
  const published = [...(await driven.site.list()).keys()].filter((key) => /^[^/]+\/index\.html$/u.test(key)).length;
  const isRight = driven.deadLetters.join() === poisoned.map(({ id }) => id).join();
  tell(
    `fleet: ${published} of ${size} published; ${driven.deadLetters.length} in the dead-letter queue, ${isRight ? 'those poisoned, by name' : 'NOT those poisoned'}`,
  );
  const processor = driven.processorSeconds;
  await driven.goOn('2025-06-02T16:59:00Z', { factor: factors.next });
  const next = await measured(driven, `${size} cities, next night`, tell, null);
  tell(`fleet: memory of a worker ${memoryOf(driven)}`);
  return { rows: [first, next], processor };
}

async function measured(
  driven: Fleet,
  name: string,
  tell: (line: string) => void,
  ticked: { readonly sites: readonly SiteEntry[]; readonly poisoned: readonly SiteEntry[] } | null,
): Promise<Row> {
  const began = Date.now();
  const before = driven.google.requests.length;
  const refusedBefore = refusals(driven);
  const night = driven.night(realMs);
  const waits = ticked === null ? [] : await ticks(driven, ticked, night);
  await night;
  const requests = driven.google.requests.slice(before);
  const reads = requests.filter(({ kind }) => kind === 'get').map(({ at }) => at);
  const writes = requests.filter(({ kind }) => kind === 'update').map(({ at }) => at);
  const from = Math.min(...reads);
  const took = (driven.lastOfNight - from) / 60_000;
  const inNight = reads.filter((at) => at <= driven.lastOfNight).length;
  const allowed = inNight / 60;
  tell(
    `fleet: ${name}: ${took.toFixed(1)} minutes for ${inNight} readings, ${(took / allowed).toFixed(2)} × what the quota allows; ` +
      `most in 60 s: ${most(reads)} readings, ${most(writes)} writings; ${refusals(driven) - refusedBefore} over quota`,
  );
  if (waits.length > 0) {
    const sorted = waits.toSorted((one, other) => one - other);
    const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
    tell(
      `fleet: ${name}: 今すぐ公開 while the night ran, ${waits.length} times: p95 ${(p95 / 1000).toFixed(0)} s, median ${((sorted[Math.floor(sorted.length / 2)] ?? 0) / 1000).toFixed(0)} s`,
    );
  }
  return {
    case: name,
    tool: 'Mokuhyo',
    seconds: (Date.now() - began) / 1000,
    runs: 1,
    ratio: null,
    peakBytes: Math.max(...driven.memory.map(({ bytes }) => bytes)),
    written: null,
    writtenBytes: null,
    requests: requests.length,
  };
}

/** Every half minute of the fleet's clock, staff of a city that is on its site already change a goal and tick. How long each waits, in milliseconds. */
async function ticks(
  driven: Fleet,
  { sites, poisoned }: { readonly sites: readonly SiteEntry[]; readonly poisoned: readonly SiteEntry[] },
  night: Promise<void>,
): Promise<number[]> {
  const waits: number[] = [];
  const waiting = new Map<string, number>();
  let isOver = false;
  const over = night.finally(() => {
    isOver = true;
  });
  const sound = sites.filter((site) => !poisoned.includes(site));
  let next = 90_000;
  let index = 0;
  while (!isOver) {
    if (driven.clock.elapsed >= next && driven.isNight && index < sound.length / 4) {
      next = driven.clock.elapsed + 30_000;
      // In the order of their ids, as the night goes too: it is past them.
      const site = sound[index];
      index += 1;
      if (site !== undefined) {
        driven.google.edit(site.spreadsheetId, (model) => {
          model.type('目標', 'C2', `改めた目標 ${index}`);
          tick(model);
        });
        waiting.set(site.spreadsheetId, driven.clock.elapsed);
      }
    }
    for (const [id, since] of waiting) {
      if (!isUnticked(driven.google.spreadsheet(id))) continue;
      waits.push(driven.clock.elapsed - since);
      waiting.delete(id);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await over;
  return [...waits, ...[...waiting.values()].map((since) => driven.clock.elapsed - since)];
}

const refusals = ({ google }: Fleet) => google.answers.filter((text) => text.includes('RESOURCE_EXHAUSTED')).length;

/** Most instants within any sixty seconds. */
function most(instants: readonly number[]): number {
  const sorted = instants.toSorted((one, other) => one - other);
  let start = 0;
  let result = 0;
  for (const [end, at] of sorted.entries()) {
    while (at - (sorted[start] ?? at) >= 60_000) start += 1;
    result = Math.max(result, end - start + 1);
  }
  return result;
}

/** What a worker takes after a tenth of its messages, and at its end. */
function memoryOf({ memory }: Fleet): string {
  const last = Math.max(...memory.map(({ done }) => done));
  const peak = (from: number, to: number) =>
    Math.max(...memory.filter(({ done }) => done > last * from && done <= last * to).map(({ bytes }) => bytes)) / 1e6;
  return `${peak(0.05, 0.15).toFixed(0)} MB after a tenth of its ${last} messages, ${peak(0.9, 1).toFixed(0)} MB at their end`;
}
