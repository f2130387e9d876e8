import { readFileSync } from 'node:fs';
import { release } from '../../lib/release/release.ts';
import { openStores } from '../../lib/stores/open.ts';
import { planOf, type Scene, scenes } from './scenes.ts';

/**
 * A process that publishes the scene that a file names, which it reads as a sheet is read: `publish-scene.ts SITE STATE FILE LEASE`. Prints
 * what came of it as JSON.
 */
const [site = '', state = '', sheet = '', lease = ''] = process.argv.slice(2);
const isScene = (text: string): text is Scene => text in scenes;
const result = await release(
  await openStores({ site, state }),
  () => {
    const name = readFileSync(sheet, 'utf8');
    if (!isScene(name)) throw new Error(`${name} is no scene`);
    return planOf(name)();
  },
  {
    now: new Date(),
    leaseMs: Number(lease),
    patienceMs: 60_000,
    parallel: 3,
    // As on another machine: nobody here can see whether it lives.
    holder: { machine: `machine of ${process.pid}`, pid: process.pid, isAlive: () => true },
  },
);
process.stdout.write(JSON.stringify(result));
