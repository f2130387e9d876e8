import type { PreviewPlace } from '../lib/preview.ts';
import { openStore } from '../lib/stores/open.ts';
import { s3Connection } from './connections.ts';
import type { PollEnvironment } from './environment.ts';

/** The folder of the bucket, and of the site's address, in which previews lie: the deployment leads the one to the other. */
const folder = 'preview';

/** Where previews go; null where there are none. */
export async function previewPlaceOf({
  PREVIEW_BUCKET: bucket,
  SITE_URL: siteUrl,
}: Pick<PollEnvironment, 'PREVIEW_BUCKET' | 'SITE_URL'>): Promise<PreviewPlace | null> {
  if (bucket === undefined || siteUrl === undefined) return null;
  const client = await s3Connection(process.env['AWS_ENDPOINT_URL_S3']);
  return { store: await openStore(`s3://${bucket}/${folder}`, { client }), url: `${siteUrl}${folder}/` };
}
