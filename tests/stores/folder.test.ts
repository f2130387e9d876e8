import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import { type FileSystem, thisFileSystem } from '../../lib/stores/folder/file-system.ts';
import { folderStore } from '../../lib/stores/folder/folder.ts';
import { withFolderLock } from '../../lib/stores/folder/folder-lock.ts';
import { outputFolder } from '../../lib/stores/folder/output-folder.ts';
import { thisProcess } from '../../lib/stores/holder.ts';
import { publishInProcesses } from '../support/publish-in-processes.ts';
import { planOf, scenes } from '../support/scenes.ts';

const text = { body: Buffer.from('text'), contentType: 'text/plain', cacheControl: '' };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mokuhyo-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

const filesIn = async (place: string) => {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(place.length + 1));
};

describe('a folder as a store', () => {
  test('holds the objects and nothing else, and loses folders with their last object', async () => {
    const store = folderStore(folder);
    await store.put('2024/somu/index.html', text);
    await store.put('2024/index.html', text);
    expect((await filesIn(folder)).sort()).toEqual(['2024/index.html', '2024/somu/index.html']);
    await store.delete('2024/somu/index.html');
    expect(await readdir(join(folder, '2024'))).toEqual(['index.html']);
    await store.delete('2024/index.html');
    expect(await readdir(folder)).toEqual([]);
  });

  test('of a site that somebody has removed, wholly or in part, what is missing is written again', async () => {
    const stores = { site: folderStore(join(folder, 'site')), state: folderStore(join(folder, 'state')) };
    const options = { now: new Date('2025-04-01T00:00:00Z') };
    const first = await release(stores, planOf('first'), options);
    const whole = (await filesIn(join(folder, 'site'))).sort();
    for (const removed of ['', '2024']) {
      await rm(join(folder, 'site', removed), { recursive: true });
      const again = await release(stores, planOf('first'), options);
      expect(again).toMatchObject({ outcome: 'published', release: first.release });
      expect((await filesIn(join(folder, 'site'))).sort()).toEqual(whole);
    }
    await rm(join(folder, 'site'), { recursive: true });
    expect(await release(stores, planOf('oneGoal'), options)).toMatchObject({ objects: { unchanged: 0 } });
    expect((await filesIn(join(folder, 'site'))).sort()).toEqual(whole);
  });

  test('what a dead process was writing is cleared away; what another may still write is not', async () => {
    const { machine } = thisProcess();
    const dead = spawn(process.execPath, ['--version']);
    await once(dead, 'exit');
    const names = {
      dead: `.mokuhyo-${machine}-${dead.pid}-000000000000`,
      alive: `.mokuhyo-${machine}-${process.pid}-000000000000`,
      elsewhere: '.mokuhyo-0123456789abcdef-1-000000000000',
      elsewhereLongAgo: '.mokuhyo-0123456789abcdef-2-000000000000',
      theirs: '.htaccess',
    };
    for (const name of Object.values(names)) await writeFile(join(folder, name), 'half');
    await utimes(join(folder, names.elsewhereLongAgo), 0, 0);
    await folderStore(folder).put('index.html', text);
    expect((await readdir(folder)).sort()).toEqual([names.theirs, names.alive, names.elsewhere, 'index.html'].sort());
  });

  test.each([
    {
      what: 'a folder in the place of a file',
      make: () => mkdir(join(folder, 'index.html/x'), { recursive: true }),
      code: 'folder-eisdir',
    },
    { what: 'a file in the place of a folder', make: () => writeFile(join(folder, '2024'), ''), code: 'folder-eexist' },
  ])('says what is in the way: $what', async ({ make, code }) => {
    await make();
    const key = code === 'folder-eisdir' ? 'index.html' : '2024/index.html';
    await expect(folderStore(folder).put(key, text)).rejects.toMatchObject({
      name: 'StoreError',
      code,
      message: expect.stringMatching(/同じ名前の(?:フォルダー|ファイル)があります/),
    });
    expect((await filesIn(folder)).filter((name) => name.includes('.mokuhyo'))).toEqual([]);
  });

  test.skipIf(process.getuid?.() === 0)('says where it may not write', async () => {
    await chmod(folder, 0o500);
    await expect(folderStore(folder).put('index.html', text)).rejects.toMatchObject({ code: 'folder-eacces' });
    await chmod(folder, 0o700);
  });
});

describe('a file system that answers as Windows does', () => {
  const refusal = (code: string) => Object.assign(new Error(code), { code });

  test.each(['EPERM', 'EISDIR', 'EACCES'])(
    'a folder that cannot be forced to the disk (%s) is no obstacle',
    async (code) => {
      let asked = 0;
      const files: FileSystem = {
        ...thisFileSystem,
        open: async (path, flags, mode) => {
          if (flags !== 'r') return open(path, flags, mode);
          asked += 1;
          throw refusal(code);
        },
      };
      const stores = {
        site: folderStore(join(folder, 'site'), { files }),
        state: folderStore(join(folder, 'state'), { files, isPrivate: true }),
      };
      expect(await release(stores, planOf('first'), { now: new Date(0) })).toMatchObject({ outcome: 'published' });
      expect(asked).toBeGreaterThan(10);
    },
  );

  test.each(['EPERM', 'EBUSY'])('a file that is in use for a moment (%s) is replaced a moment later', async (code) => {
    let refused = 0;
    const rename = async (from: string, to: string) => {
      if (refused < 3) {
        refused += 1;
        throw refusal(code);
      }
      await thisFileSystem.rename(from, to);
    };
    const store = folderStore(folder, { files: { ...thisFileSystem, rename } });
    await store.put('index.html', text);
    expect([refused, await filesIn(folder)]).toEqual([3, ['index.html']]);

    refused = 0;
    const renameNow = (from: string, to: string) => {
      if (refused < 3) {
        refused += 1;
        throw refusal(code);
      }
      renameSync(from, to);
    };
    const built = outputFolder(folder, renameNow);
    built.put('index.html', Buffer.from('other'));
    expect([refused, await readFile(join(folder, 'index.html'), 'utf8')]).toEqual([3, 'other']);
  });

  test('any other refusal is told at once, and nothing is left behind', async () => {
    const rename = async () => {
      throw refusal('EROFS');
    };
    const store = folderStore(folder, { files: { ...thisFileSystem, rename } });
    await expect(store.put('index.html', text)).rejects.toMatchObject({ code: 'folder-erofs' });
    expect(await filesIn(folder)).toEqual([]);
  });
});

describe('a build', () => {
  test('that was killed between write and rename leaves nothing that the next one does not clear away', async () => {
    const { machine } = thisProcess();
    const dead = spawn(process.execPath, ['--version']);
    await once(dead, 'exit');
    const names = [`.mokuhyo-${machine}-${dead.pid}-000000000000`, `.mokuhyo-${machine}-${process.pid}-000000000000`];
    await mkdir(join(folder, '2024'));
    for (const name of names) await writeFile(join(folder, '2024', name), 'half');
    const built = outputFolder(folder);
    built.put('2024/index.html', Buffer.from('page'));
    expect((await readdir(join(folder, '2024'))).sort()).toEqual([names[1], 'index.html']);
  });
});

describe('the lock of a folder', () => {
  test('is held by one at a time', async () => {
    let inside = 0;
    const most = await Promise.all(
      Array.from({ length: 8 }, () =>
        withFolderLock(folder, async () => {
          inside += 1;
          const seen = inside;
          await sleep(2);
          inside -= 1;
          return seen;
        }),
      ),
    );
    expect(most).toEqual(Array.from({ length: 8 }, () => 1));
  });

  test('goes with the process that holds it, however it ends', async () => {
    const lock = join(import.meta.dirname, '../../lib/stores/folder/folder-lock.ts');
    // The timer has the promise's end, as work in hand would have: what nothing can end is garbage, and its lock with it.
    const program = `
      const { withFolderLock } = await import(${JSON.stringify(lock)});
      await withFolderLock(${JSON.stringify(folder)}, () => new Promise((done) => { console.log('held'); setTimeout(done, 600_000); }));`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      await once(holder.stdout, 'data');
      let free = false;
      const waiting = withFolderLock(folder, async () => {
        free = true;
      });
      await sleep(50);
      const freeWhileHeld = free;
      holder.kill('SIGKILL');
      await waiting;
      expect({ freeWhileHeld, free }).toEqual({ freeWhileHeld: false, free: true });
    } finally {
      holder.kill('SIGKILL');
    }
  });
});

describe('processes over one folder', () => {
  test('of eight with different data each publishes once, one after another', { timeout: 300_000 }, async () => {
    const [site, state] = [join(folder, 'site'), join(folder, 'state')];
    const results = await publishInProcesses(8, { site, state, endpoint: null });
    expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'published'));
    const list = await listReleases(folderStore(state));
    const releases = list.ok ? list.releases : [];
    expect(releases.map(({ generation }) => generation)).toEqual(results.map((_, index) => 8 - index));
    const last = results.find(({ release: id }) => id === releases[0]?.release);
    for (const [key, content] of Object.entries(last?.files ?? {})) {
      expect(await readFile(join(site, key), 'utf8'), key).toBe(content);
    }
  });

  test('a killed run followed at once by the same run simply works', async () => {
    const [site, state] = [join(folder, 'site'), join(folder, 'state')];
    const program = join(import.meta.dirname, '../support/publish-process.ts');
    const run = () => spawn(process.execPath, [program, '1', site, state], { stdio: ['ignore', 'pipe', 'inherit'] });
    for (let round = 0; round < 4; round += 1) {
      const killed = run();
      const ended = once(killed, 'exit');
      while (killed.exitCode === null && !(await filesIn(folder)).some((name) => name.includes('site/')))
        await sleep(1);
      killed.kill('SIGKILL');
      await ended;
      const start = performance.now();
      const result = await release({ site: folderStore(site), state: folderStore(state) }, planOf('first'), {
        now: new Date(),
      });
      expect(result, `round ${round}`).toMatchObject({ outcome: 'published', problem: null });
      // The lease of the killed one, which runs for half a minute, is not waited for.
      expect(performance.now() - start).toBeLessThan(20_000);
      const wanted = scenes.first.files.map(({ key }) => key).sort();
      const there = (await filesIn(site)).filter((key) => !key.startsWith('assets/')).sort();
      expect(there).toEqual(wanted.filter((key) => !key.startsWith('assets/')));
      await rm(folder, { recursive: true });
      await mkdir(folder);
    }
  });
});
