import { parseSiteUrl } from '../pages/site-url.ts';
import type { SiteEntry } from './site-list.ts';

/** The buckets that the sites of a deployment share. */
export interface FleetBuckets {
  readonly site: string;
  readonly state: string;
  /** Null where the deployment has no previews. */
  readonly preview: string | null;
}

/** A site as a value: where everything of one city is. Nothing of another city's lies inside any of these places. */
export interface SitePlaces {
  readonly id: string;
  readonly spreadsheetId: string;
  /** `s3://bucket/prefix`, as `openStores` takes it. */
  readonly site: string;
  /** `s3://bucket/sites/{id}`; the bucket itself for the one that came from a deployment of its own. */
  readonly state: string;
  /** Where previews are written and read; null where there are none. */
  readonly preview: { readonly location: string; readonly url: string } | null;
  /** The public address, with a trailing slash. */
  readonly url: string;
  /** To whom the mail of the night goes; null where to nobody. */
  readonly staffEmail: string | null;
}

/** The folder of previews, in the bucket and in the address alike, as in a deployment of one city. */
const previewFolder = 'preview';

/** The folder of the state bucket under which each site has its own. */
export const sitesFolder = 'sites';

/** Where everything of a site is. Pure. */
export function placesOf(entry: SiteEntry, buckets: FleetBuckets): SitePlaces {
  const { id, spreadsheetId, prefix, staffEmail, stateAtRoot } = entry;
  const url = parseSiteUrl(entry.url);
  if (url === null) throw new TypeError(`The address of the site ${id} was not checked.`);
  return {
    id,
    spreadsheetId,
    site: locationOf(buckets.site, prefix),
    state: locationOf(buckets.state, stateAtRoot ? '' : `${sitesFolder}/${id}`),
    preview:
      buckets.preview === null
        ? null
        : {
            location: locationOf(buckets.preview, prefix === '' ? previewFolder : `${prefix}/${previewFolder}`),
            url: `${url}${previewFolder}/`,
          },
    url,
    staffEmail,
  };
}

function locationOf(bucket: string, prefix: string): string {
  return prefix === '' ? `s3://${bucket}` : `s3://${bucket}/${prefix}`;
}
