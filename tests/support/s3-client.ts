import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { s3Client } from '../../lib/stores/s3/s3.ts';

/** The product's own client, for a server of the tests. */
export function s3ClientFor(endpoint: string, config: S3ClientConfig = {}): S3Client {
  return s3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'testsecret' },
    ...config,
  });
}
