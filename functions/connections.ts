import type { S3Client } from '@aws-sdk/client-s3';
import type { GoogleConfig } from '../lib/sources/google/google-config.ts';
import { type Connection, connectionTo } from '../lib/sources/google/session.ts';

/**
 * What one instance of a function keeps from one run to the next: connections, with the credentials and tokens behind them, and nothing of
 * what was read.
 */

let google: { readonly key: string; readonly connection: Connection } | null = null;
let s3: { readonly key: string; readonly client: S3Client } | null = null;

/** By which Google is spoken to. */
export function googleConnection(config: GoogleConfig): Connection {
  const key = JSON.stringify(config);
  if (google?.key !== key) google = { key, connection: connectionTo({ config, access: 'write' }) };
  return google.connection;
}

/** By which S3 is spoken to; its module is loaded here and not sooner. */
export async function s3Connection(endpoint: string | undefined): Promise<S3Client> {
  const key = endpoint ?? '';
  const { s3Client } = await import('../lib/stores/s3/s3.ts');
  if (s3?.key !== key) s3 = { key, client: s3Client() };
  return s3.client;
}
