import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { publishEnvironment } from '../../functions/environment.ts';
import { filesBelow, runCommand, temporaryFolder } from '../support/command-line.ts';

const sample = fileURLToPath(new URL('../../lib/sample', import.meta.url));

async function published() {
  const folder = await temporaryFolder();
  const [site, state] = [path.join(folder, 'site'), path.join(folder, 'state')];
  const publish = (...more: string[]) =>
    runCommand(['publish', '--source', sample, '--site', site, '--state', state, ...more]);
  const first = await publish();
  // One department of the sample is held.
  expect(first.status).toBe(1);
  return { site, state, publish };
}

describe('verify', () => {
  test('says what differs by its exit status, by lines and as one document; publish puts it right and says so', async () => {
    const { site, state, publish } = await published();
    const verify = (...more: string[]) => runCommand(['verify', '--site', site, '--state', state, ...more]);
    expect(await verify()).toMatchObject({ status: 0, out: '', told: expect.stringContaining('と同じです') });
    expect(await verify('--deep')).toMatchObject({ status: 0 });
    const before = await filesBelow(site);
    await writeFile(path.join(site, 'index.html'), 'defaced');
    await rm(path.join(site, 'feed.xml'));
    expect(await verify()).toMatchObject({ status: 1, out: 'ない  feed.xml\n違う  index.html\n' });
    const { status, out } = await verify('--json');
    expect([status, JSON.parse(out)]).toMatchObject([
      1,
      {
        outcome: 'different',
        differences: [
          { key: 'feed.xml', what: 'missing' },
          { key: 'index.html', what: 'changed' },
        ],
      },
    ]);
    const again = await publish();
    expect(again.told).toContain(
      'サイトのファイル2件（feed.xml、index.html）が、公開した内容と違っていたため、元に戻しました',
    );
    expect(again.status).toBe(1);
    expect(await filesBelow(site)).toEqual(before);
    expect(await verify()).toMatchObject({ status: 0 });
  });

  test('ends with 3 where there is nothing to hold a site against', async () => {
    const folder = await temporaryFolder();
    const { status, out } = await runCommand([
      'verify',
      '--site',
      `${folder}/site`,
      '--state',
      `${folder}/state`,
      '--json',
    ]);
    expect([status, JSON.parse(out)]).toMatchObject([
      3,
      { outcome: 'failed', issues: [{ code: 'nothing-published' }] },
    ]);
  });
});

describe('state that is gone', () => {
  test('stops publish with 3, until --rewrite', async () => {
    const { site, state, publish } = await published();
    const before = await filesBelow(site);
    await rm(path.join(state, 'state.json'));
    const { status, out } = await publish('--json');
    expect([status, JSON.parse(out)]).toMatchObject([3, { outcome: 'blocked', objects: { written: 0 } }]);
    expect(JSON.parse(out).issues[0]).toMatchObject({ severity: 'error', code: 'state-lost' });
    expect(await filesBelow(site)).toEqual(before);
    expect((await publish('--rewrite')).status).toBe(1);
  });
});

describe('rollback', () => {
  test('to a release that is not known prints one JSON document', async () => {
    const { site, state } = await published();
    const { status, out } = await runCommand([
      'rollback',
      '000009-00000000',
      '--site',
      site,
      '--state',
      state,
      '--json',
    ]);
    expect([status, JSON.parse(out)]).toMatchObject([2, { error: { code: 'usage' } }]);
  });
});

describe('places', () => {
  test.each([
    ['s3://bucket/site', 's3://bucket//site/state'],
    ['s3://bucket/site/', 's3://bucket/site'],
    ['s3://bucket', 's3://bucket/state'],
    ['s3://bucket/', 's3://bucket//'],
    ['out', './out/../out/state'],
  ])('a site at %s and state at %s are refused', async (site, state) => {
    for (const command of [['publish', '--source', sample], ['rollback', '000001-00000000'], ['verify']]) {
      const { status, told } = await runCommand([...command, '--site', site, '--state', state]);
      expect([status, told.includes('保存先（--state）')], command[0]).toEqual([2, true]);
    }
  });

  test.each([
    ['s3://bucket/site', 's3://bucket/site-state'],
    ['s3://bucket/site', 's3://bucket'],
    ['s3://bucket', 's3://other'],
  ])('a site at %s and state at %s are not', async (site, state) => {
    const { status } = await runCommand(['publish', '--source', 'none.xlsx', '--site', site, '--state', state]);
    const { told } = await runCommand(['publish', '--source', 'none.xlsx', '--site', site, '--state', state]);
    expect([status, told.includes('見つかりません')]).toEqual([2, true]);
  });

  test('state is for its owner alone, and the site is for all', async () => {
    const { site, state } = await published();
    const modeOf = async (place: string) => (await stat(place)).mode & 0o777;
    expect(await modeOf(state)).toBe(0o700);
    for (const name of await readdir(state)) expect(await modeOf(path.join(state, name)), name).toBe(0o600);
    expect((await modeOf(path.join(site, 'index.html'))) & 0o044).toBe(0o044);
  });

  test('a link inside the site is not written through, by publish and by build', async () => {
    const folder = await temporaryFolder();
    const outside = path.join(folder, 'outside');
    await mkdir(outside);
    for (const command of [
      ['publish', '--site', path.join(folder, 'site'), '--state', path.join(folder, 'state')],
      ['build', '--out', path.join(folder, 'site')],
      ['build', '--out', path.join(folder, 'site'), '--state', path.join(folder, 'other')],
    ]) {
      await rm(path.join(folder, 'site'), { recursive: true, force: true });
      await rm(path.join(folder, 'state'), { recursive: true, force: true });
      await mkdir(path.join(folder, 'site'));
      await symlink(outside, path.join(folder, 'site', 'data'));
      const { status, told } = await runCommand([...command, '--source', sample]);
      expect([status, told.includes('シンボリックリンク')], command.join(' ')).toEqual([4, true]);
      expect(await readdir(outside)).toEqual([]);
    }
    // A file that is a link is replaced, and what it led to stays.
    const linked = path.join(folder, 'linked');
    await mkdir(linked);
    await writeFile(path.join(outside, 'page.html'), 'theirs');
    await symlink(path.join(outside, 'page.html'), path.join(linked, 'index.html'));
    expect((await runCommand(['build', '--out', linked, '--source', sample])).status).toBe(1);
    expect(await readFile(path.join(outside, 'page.html'), 'utf8')).toBe('theirs');
    expect((await stat(path.join(linked, 'index.html'))).size).toBeGreaterThan(100);
  });
});

describe('the environment of the functions', () => {
  const sound = {
    SPREADSHEET_ID: '1AbCdEfGhIjKlMnOp',
    SITE_BUCKET: 'city-site',
    STATE_BUCKET: 'city-state',
    GOOGLE_API_ROOT: 'http://127.0.0.1:8080/',
  };
  test.each([
    ['STATE_BUCKET', { STATE_BUCKET: 'city-site' }],
    ['STATE_BUCKET', { STATE_BUCKET: 'city-site', SITE_PREFIX: 'goals' }],
    ['SITE_URL', { SITE_URL: 'https://city.example/?a=b' }],
    ['SITE_URL', { SITE_URL: 'https://city.example/#top' }],
    ['SITE_URL', { SITE_URL: 'https://city.example/?' }],
    ['SITE_URL', { SITE_URL: 'https://user:pass@city.example/' }],
    ['SITE_URL', { SITE_URL: 'ftp://city.example/' }],
  ])('names %s for %j, as the command line refuses it', async (variable, wrong) => {
    expect(() => publishEnvironment({ ...sound, ...wrong })).toThrow(`${variable}: `);
    if (!('SITE_URL' in wrong)) return;
    const { status } = await runCommand(['build', '--source', sample, '--out', 'x'], {
      env: { SITE_URL: wrong.SITE_URL },
    });
    expect(status).toBe(2);
  });

  test('a sound one is taken', () => {
    expect(publishEnvironment({ ...sound, SITE_URL: 'https://city.example/goals' })).toMatchObject({
      SITE_URL: 'https://city.example/goals/',
    });
    expect(publishEnvironment(sound).SITE_URL).toBeUndefined();
  });
});

describe('how S3 is set up', () => {
  test.each([
    [{ AWS_ENDPOINT_URL_S3: 'nonsense' }, '接続先（AWS_ENDPOINT_URL_S3'],
    [{ AWS_ENDPOINT_URL_S3: 'gopher://127.0.0.1:1' }, '接続先（AWS_ENDPOINT_URL_S3'],
    [{ AWS_ENDPOINT_URL_S3: '', AWS_REGION: 'a/b' }, 'リージョン（AWS_REGION）'],
    [{ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: 'AKIDSECRET\n' }, '改行など'],
  ])('%j ends with 2 and a sentence', async (wrong, sentence) => {
    const saved = { ...process.env };
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'testsecret',
      AWS_MAX_ATTEMPTS: '1',
      ...wrong,
    });
    try {
      const places = ['--site', 's3://city-site', '--state', 's3://city-state'];
      for (const command of [
        ['publish', '--source', sample, ...places],
        ['rollback', '000001-00000000', ...places],
        ['rollback', '--unpin', ...places],
        ['verify', ...places],
        ['releases', '--state', 's3://city-state'],
      ]) {
        const { status, told } = await runCommand(command);
        expect([status, told.includes(sentence), told.includes('AKIDSECRET')], `${command[0]}: ${told}`).toEqual([
          2,
          true,
          false,
        ]);
      }
    } finally {
      process.env = saved;
    }
  });
});

test('a folder of state that others may read is no obstacle, and its files are for the owner alone', async () => {
  const folder = await temporaryFolder();
  const state = path.join(folder, 'state');
  await mkdir(state);
  await chmod(state, 0o755);
  await runCommand(['publish', '--source', sample, '--site', path.join(folder, 'site'), '--state', state]);
  expect((await stat(path.join(state, 'state.json'))).mode & 0o777).toBe(0o600);
});
