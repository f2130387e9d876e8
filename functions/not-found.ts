import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { notFoundPageOf } from '../lib/fleet/not-found.ts';
import { openStore } from '../lib/stores/open.ts';
import { s3Connection } from './connections.ts';
import { notFoundEnvironment } from './environment.ts';

/** CloudFront asks here for what the bucket does not have, and gives its readers what is answered. */
export async function handler({ rawPath }: Pick<LambdaFunctionURLEvent, 'rawPath'>): Promise<LambdaFunctionURLResult> {
  const { SITE_BUCKET } = notFoundEnvironment(process.env);
  const client = await s3Connection(process.env['AWS_ENDPOINT_URL_S3']);
  const page = await notFoundPageOf(await openStore(`s3://${SITE_BUCKET}`, { client }), rawPath);
  return {
    statusCode: 404,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=60' },
    body: new TextDecoder().decode(page),
  };
}
