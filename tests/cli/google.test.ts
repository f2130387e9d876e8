import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { runCommand, temporaryFolder } from '../support/command-line.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const id = 'spreadsheet-under-test';

test('sheet setup makes the tabs once, and says so', async () => {
  await using server = await GoogleServer.start(new VirtualClock());
  const model = new SpreadsheetModel();
  model.addTab('シート1', []);
  server.add(id, model);
  const env = { GOOGLE_API_ROOT: server.apiRoot };
  const first = await runCommand(['sheet', 'setup', '--spreadsheet', id], { env });
  expect(first.status).toBe(0);
  expect(first.told).toContain('シートを作りました：');
  expect(server.spreadsheet(id).titles).toEqual(expect.arrayContaining(['設定', '部', '目標', '使い方', '確認結果']));
  const second = await runCommand(['sheet', 'setup', '--spreadsheet', id], { env });
  expect(second.told).toContain('変えたところはありません。');
});

test('a sheet that is not shared blocks the run, and the site is not touched', async () => {
  await using server = await GoogleServer.start(new VirtualClock());
  server.add(id, new SpreadsheetModel(), 'none');
  const folder = await temporaryFolder();
  const build = async (spreadsheet: string) => {
    const argv = ['build', '--source', `google:${spreadsheet}`, '--out', `${folder}/site`, '--json'];
    const { status, out } = await runCommand(argv, { env: { GOOGLE_API_ROOT: server.apiRoot } });
    expect(JSON.parse(out)).toMatchObject({ outcome: 'blocked', objects: { written: 0 } });
    return status;
  };
  expect(await build(id)).toBe(3);
  // Like a file that is not there: what was asked for is wrong.
  expect(await build('another-spreadsheet')).toBe(2);
});

test.each([
  ['no credentials', {}, 'GOOGLE_APPLICATION_CREDENTIALS'],
  ['another host than this machine', { GOOGLE_API_ROOT: 'http://example.com/' }, 'GOOGLE_API_ROOT'],
])('%s is refused before anything is sent, without showing a value', async (_, env, variable) => {
  const { status, told } = await runCommand(['check', '--source', `google:${id}`], { env });
  expect(status).toBe(2);
  expect(told).toContain(variable);
  expect(told).not.toContain('example.com');
});

test('what is no spreadsheet id is refused', async () => {
  const { status, told } = await runCommand(['check', '--source', 'google:a/b']);
  expect(status).toBe(2);
  expect(told).toContain('スプレッドシートの指定を読み取れません');
});

test('a key in the place of its file is refused, and nothing of it is shown', async () => {
  const secret = 'secret-that-nobody-may-see';
  const key = { type: 'service_account', client_email: 'reader@project.iam.gserviceaccount.com', private_key: secret };
  const env = { GOOGLE_APPLICATION_CREDENTIALS: JSON.stringify(key) };
  for (const argv of [
    ['check', '--source', `google:${id}`, '--json'],
    ['sheet', 'setup', '--spreadsheet', id],
  ]) {
    const { status, told, out } = await runCommand(argv, { env });
    expect(status).toBe(2);
    expect(told).toContain('GOOGLE_APPLICATION_CREDENTIALS');
    for (const part of [secret, 'reader@', 'private_key', 'service_account'])
      expect(`${told}${out}`).not.toContain(part);
  }
});

test("a person's own login is found where gcloud leaves it", async () => {
  const folder = await temporaryFolder();
  await writeFile(`${folder}/application_default_credentials.json`, '{"type":"authorized_user"}');
  const argv = ['check', '--source', `google:${id}`];
  const found = await runCommand(argv, { env: { CLOUDSDK_CONFIG: folder } });
  expect(found.status).toBe(3);
  expect(found.told).toContain('application_default_credentials.json');
  expect((await runCommand(argv, { env: { CLOUDSDK_CONFIG: `${folder}/none` } })).status).toBe(2);
});
