import path from 'node:path';
import { expect, test } from 'vitest';
import { publish as publishSite } from '../../../lib/publish.ts';
import { googleSheetSource } from '../../../lib/sources/google/google-sheet.ts';
import { folderStore } from '../../../lib/stores/folder/folder.ts';
import { filesBelow, temporaryFolder } from '../../support/command-line.ts';
import { GoogleServer, type ServerFault } from '../../support/google-server.ts';
import { SpreadsheetModel } from '../../support/google-spreadsheet.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { soundTabs, withCell, workbookOf } from '../../support/workbook.ts';

const id = 'spreadsheet-under-test';

const answers: readonly (readonly [string, ServerFault])[] = [
  ['429', { status: 429 }],
  ['429 with Retry-After', { status: 429, retryAfter: '20' }],
  ['500', { status: 500 }],
  ['502', { status: 502, html: true }],
  ['503', { status: 503 }],
  ['504', { status: 504 }],
  ['reset connections', 'reset'],
  ['hanging sockets', 'hang'],
  ['truncated answers', 'truncated'],
  ['half an answer', 'half-json'],
  ["a proxy's page", 'html'],
  ['401', { status: 401 }],
  ['403', { status: 403 }],
  ['400', { status: 400 }],
];

const cases: readonly (readonly [string, (server: GoogleServer) => void])[] = [
  ...answers.map(([name, fault]) => [name, (server: GoogleServer) => server.failAlways(fault)] as const),
  ...answers.map(
    ([name, fault]) =>
      [
        `${name}, after the look`,
        (server: GoogleServer) => server.beforeNext('get', () => server.failAlways(fault)),
      ] as const,
  ),
  ['a deleted sheet', (server) => server.delete(id)],
  ['a sheet in the bin', (server) => server.alter(id, { trashed: true })],
  ['a sheet that is no longer shared', (server) => server.alter(id, { role: 'none' })],
  [
    'a sheet without a required tab',
    (server) => server.add(id, SpreadsheetModel.of(workbookOf({ 設定: soundTabs.設定 }))),
  ],
];

test.each(cases)('%s: not one byte of the site changes', async (_, strike) => {
  const clock = new VirtualClock();
  await using server = await GoogleServer.start(clock);
  const folder = await temporaryFolder();
  const site = folderStore(path.join(folder, 'site'));
  const state = folderStore(path.join(folder, 'state'));
  const run = async () => {
    const config = { kind: 'loopback', apiRoot: server.apiRoot } as const;
    const source = googleSheetSource({ spreadsheetId: id, config, access: 'read', clock, random: () => 0.5 });
    return (await publishSite({ source, stores: { site, state }, siteUrl: null }, { now: new Date(clock.now()) }))
      .report;
  };
  server.add(id, SpreadsheetModel.of(workbookOf(soundTabs)));
  expect(await run()).toMatchObject({ outcome: 'published' });
  const before = await filesBelow(path.join(folder, 'site'));
  expect(before.size).toBeGreaterThan(10);

  server.edit(id, (model) => model.type('目標', 'C2', '新しい目標'));
  strike(server);
  const report = await run();
  expect(report.outcome).toBe('blocked');
  expect(report.issues[0]).toMatchObject({
    severity: 'error',
    code: expect.stringMatching(/^(?:google-|missing-tab)/u),
  });
  expect(clock.elapsed).toBeLessThanOrEqual(90_000);
  expect(await filesBelow(path.join(folder, 'site'))).toEqual(before);

  server.failAlways(null);
  server.add(id, SpreadsheetModel.of(workbookOf(withCell(soundTabs, '目標', 1, 2, '新しい目標'))));
  expect(await run()).toMatchObject({ outcome: 'published' });
});
