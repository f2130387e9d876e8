import { release } from '../../lib/release/release.ts';
import { openStores } from '../../lib/stores/open.ts';
import { publishedOf, yearOf } from './published.ts';
import { smallSite } from './small-site.ts';

/** A process that publishes a site of its own: `publish-process.ts NUMBER SITE STATE`. Prints what came of it as JSON. */
const [number = '', site = '', state = ''] = process.argv.slice(2);
const published = publishedOf([
  yearOf({
    title: `題名${number}`,
    departments: [{ id: `bu-${number}`, name: `部${number}`, goals: [[`目標${number}`, 'achieved']] }],
  }),
]);
const files = smallSite(published, `body { order: ${number} }`);
const result = await release(
  await openStores({ site, state }),
  () => ({ kind: 'release', files, published, changes: [], sourceVersion: number }),
  { now: new Date(), patienceMs: 280_000 },
);
process.stdout.write(
  JSON.stringify({
    ...result,
    files: Object.fromEntries(files.map(({ key, body }) => [key, Buffer.from(body).toString()])),
  }),
);
