import { expect, test } from 'vitest';
import { publish as publishSite } from '../../lib/publish.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { startS3Server } from '../support/s3-server.ts';
import { describeWithSeed, readSeed } from '../support/seed.ts';

/** The workbook with one goal's 達成状況 (未達成, the first of its kind) made 達成. */
function withOneGoalAchieved(workbook: Workbook): Workbook {
  let changed = false;
  const sheets = workbook.sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map((row) =>
      row.map((cell) => {
        if (changed || cell !== '未達成' || sheet.name !== '目標') return cell;
        changed = true;
        return '達成';
      }),
    ),
  }));
  if (!changed) throw new Error('No goal to change');
  return { sheets };
}

describeWithSeed('requests for the real workbook, over S3', () => {
  test('a first publish, an unchanged run, one goal changed, and nine more changes of it', async () => {
    await using server = await startS3Server({ buckets: ['site', 'state'] });
    const client = s3ClientFor(server.endpoint);
    const stores = { site: s3Store(client, 'site', ''), state: s3Store(client, 'state', '') };
    const seed = await readSeed();
    const changed = withOneGoalAchieved(seed);
    const publish = async (workbook: Workbook) => {
      const before = server.log.length;
      const source = { name: 'seed', read: async () => ({ ok: true as const, workbook, version: null, requests: 0 }) };
      const options = { now: new Date('2025-04-01T00:00:00Z') };
      const report = (await publishSite({ source, stores, siteUrl: null }, options)).report;
      return { ...report, log: server.log.slice(before) };
    };
    const bodies = () =>
      new Map(
        [...server.objects].flatMap(([key, { body }]) =>
          key.startsWith('site/') ? [[key, body.toString('latin1')]] : [],
        ),
      );

    const first = await publish(seed);
    expect(first.outcome).toBe('published');
    // The state, whether there is a site already, the intent, the commit; and seven questions of each place, asked once for all.
    expect(first.log.length).toBe(first.objects.written + 4 + 14);
    expect(first.log.length).toBe(first.requests.site + first.requests.state);

    const unchanged = await publish(seed);
    expect(unchanged).toMatchObject({ outcome: 'unchanged', log: ['GET state/state.json'] });

    const before = bodies();
    const one = await publish(changed);
    const differing = [...bodies()].filter(([key, body]) => before.get(key) !== body).map(([key]) => `PUT ${key}`);
    expect(one.log.filter((line) => line.includes(' site/')).sort()).toEqual(differing.sort());
    expect(one.log.length).toBeLessThanOrEqual(differing.length + 3);

    for (let round = 0; round < 9; round += 1) {
      const again = await publish(round % 2 === 0 ? seed : changed);
      expect(again.log.length).toBeLessThanOrEqual(again.objects.written + 3);
    }
    // All ten releases can be put back from inside the state, which every run reads.
    expect([...server.objects.keys()].filter((key) => key.startsWith('state/'))).toEqual(['state/state.json']);
    expect(server.objects.get('state/state.json')?.body.length).toBeLessThan(400_000);
    client.destroy();
  });
});
