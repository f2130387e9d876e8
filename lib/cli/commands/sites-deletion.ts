import type { Failure } from '../../failure.ts';
import { withoutSite } from '../../fleet/list-changes.ts';
import { changeSiteList, readSiteList } from '../../fleet/list-file.ts';
import { removeSite } from '../../fleet/remove-site.ts';
import { siteOf } from '../../fleet/site-list.ts';
import { placesOf } from '../../fleet/site-places.ts';
import { placeOf } from '../../stores/location.ts';
import { openStore, openStores } from '../../stores/open.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { UsageError } from '../usage.ts';

/** Where the list is, and which city of it is to go. */
export interface ListedCity {
  readonly folder: string;
  readonly key: string;
  readonly id: string;
}

/**
 * `sites remove ID --delete`: takes away all that a city has, and then the city off the list; in this order, so that what was interrupted can be
 * done again by the same command. A city that is not paused is left alone: its work goes on.
 *
 * @throws StoreError
 */
export async function deleteCity(city: ListedCity, args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const buckets = {
    site: bucketOf('site', args.required('site'), io),
    state: bucketOf('sites', city.folder, io),
    preview: bucketOf('previews', args.required('previews'), io),
  };
  const store = await openStore(city.folder, { isPrivate: true });
  const read = await readSiteList(store, city.key);
  if (!read.ok) return refused(read.problems, io);
  const entry = siteOf(read.list, city.id);
  if (entry?.paused === false) return refused([notPaused(city.id)], io);
  if (entry !== null) {
    const { site, state, preview } = placesOf(entry, buckets);
    const stores = await openStores({ site, state });
    const removed = await removeSite({
      ...stores,
      preview: preview === null ? null : await openStore(preview.location),
    });
    io.tell(io.words.cityDeleted(city.id, removed));
  }
  const changed = await changeSiteList(store, city.key, (list) => withoutSite(list, city.id));
  if (!changed.ok) return refused(changed.problems, io);
  io.tell(io.words.sitesChanged(city.id, changed.list.sites.length));
  return 0;
}

/** A whole bucket, as the deployment says it. Where in it the city is, is said by the list. */
function bucketOf(option: string, location: string, io: CommandIo): string {
  const place = placeOf(location);
  if (place.kind === 's3' && place.prefix === '') return place.bucket;
  throw new UsageError(io.words.wholeBucketWanted(`--${option}`));
}

/** Says what is wrong, and what to do. */
export function refused(problems: readonly Failure[], io: CommandIo, status: ExitStatus = 2): ExitStatus {
  for (const { message, fix } of problems) {
    io.tell(message);
    io.tell(`→ ${fix}`);
  }
  return status;
}

function notPaused(id: string): Failure {
  return {
    code: 'site-not-paused',
    message: `サイト ${id} は、休止していません。何も消していません。`,
    fix: `sites pause ${id} で休止し、動いている仕事が終わるのを5分待ってから、もう一度実行してください。`,
  };
}
