import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { checkObjectKey } from '../object-key.ts';
import {
  type NewObject,
  nobodysEtag,
  type ObjectStore,
  type PutCondition,
  type PutResult,
  type StoredObject,
} from '../store.ts';
import { httpStatus, s3StoreError } from './s3-errors.ts';

/** How often a write is sent again that met another one under way. */
const conflictAttempts = 5;

/**
 * A client of S3, or of a service that speaks S3. Where and as whom is the SDK's to find out (`AWS_REGION`,
 * `AWS_ENDPOINT_URL_S3`, profiles, roles).
 */
export function s3Client(config: S3ClientConfig = {}): S3Client {
  const client = new S3Client({
    maxAttempts: 5,
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 16 },
      httpsAgent: { keepAlive: true, maxSockets: 16 },
    },
    ...config,
  });
  // A bucket in the host name needs a name server that knows every bucket: only AWS has one for sure.
  const resolve = client.config.endpointProvider;
  client.config.endpointProvider = (parameters, context) =>
    resolve({ ...parameters, ForcePathStyle: parameters.ForcePathStyle || parameters.Endpoint !== undefined }, context);
  return client;
}

type Sent = { readonly etag: string } | { readonly etag: null; readonly isNothing: boolean };

/** @param prefix without slashes at its ends; empty for none */
export function s3Store(client: S3Client, bucket: string, prefix: string): ObjectStore {
  const name = `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
  let requests = 0;
  /** The form of an ETag that this service has been seen to understand, or is to be tried first. */
  let quoted = false;

  const keyOf = (key: string): string => {
    checkObjectKey(key);
    return prefix === '' ? key : `${prefix}/${key}`;
  };

  /** Counts the requests of one operation, those that the SDK repeated by itself included. */
  const counted = async <Output extends object>(operation: Promise<Output>): Promise<Output> => {
    try {
      const output = await operation;
      requests += attemptsOf(output);
      return output;
    } catch (error) {
      requests += attemptsOf(error);
      throw error;
    }
  };

  const get = async (key: string, signal?: AbortSignal): Promise<StoredObject | null> => {
    const command = new GetObjectCommand({ Bucket: bucket, Key: keyOf(key), ChecksumMode: 'ENABLED' });
    try {
      const { Body, ETag } = await counted(client.send(command, { ...(signal && { abortSignal: signal }) }));
      if (Body === undefined || ETag === undefined) throw new Error('An answer without a body or an ETag');
      return { body: await Body.transformToByteArray(), etag: unquoted(ETag) };
    } catch (error) {
      if (isMissing(error)) return null;
      throw s3StoreError(error, name);
    }
  };

  /** The new etag; or that the condition did not hold, and whether it is certain that there is nothing. */
  const send = async (input: PutObjectCommandInput, signal?: AbortSignal): Promise<Sent> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const options = { ...(signal && { abortSignal: signal }) };
        const { ETag } = await counted(client.send(new PutObjectCommand(input), options));
        if (ETag === undefined) throw new Error('An answer without an ETag');
        return { etag: unquoted(ETag) };
      } catch (error) {
        const status = httpStatus(error);
        if (status === 412) return { etag: null, isNothing: false };
        if (input.IfMatch !== undefined && isMissing(error)) return { etag: null, isNothing: true };
        // Another conditional write of this key is under way: 409, or 500 at Ceph's gateway. Sent again, this one holds or
        // does not. The SDK repeats a 500 too, but saves its repetitions up over all requests and may have none left.
        const conditional = input.IfMatch !== undefined || input.IfNoneMatch !== undefined;
        const mayConflict = status === 409 || (conditional && status === 500);
        if (!mayConflict || attempt === conflictAttempts) throw s3StoreError(error, name);
        await sleep(50 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  };

  return {
    name,
    get requests() {
      return requests;
    },
    get,
    async put(key, object, condition, signal): Promise<PutResult> {
      const input = { Bucket: bucket, Key: keyOf(key), ...bodyInput(object) };
      for (const withQuotes of [quoted, !quoted]) {
        const sent = await send({ ...input, ...conditionInput(condition, withQuotes) }, signal);
        if (sent.etag !== null) {
          if (condition !== undefined && 'ifMatch' in condition) quoted = withQuotes;
          return { outcome: 'written', etag: sent.etag };
        }
        const ifMatch = condition !== undefined && 'ifMatch' in condition ? condition.ifMatch : null;
        if (sent.isNothing || ifMatch === nobodysEtag) return { outcome: 'lost', current: null };
        const current = await get(key, signal);
        if (ifMatch === null || current?.etag !== ifMatch) return { outcome: 'lost', current };
      }
      throw s3StoreError(new Error('A condition that holds is refused'), name);
    },
    async delete(key, signal) {
      const command = new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(key) });
      try {
        await counted(client.send(command, { ...(signal && { abortSignal: signal }) }));
      } catch (error) {
        throw s3StoreError(error, name);
      }
    },
  };
}

/** The service checks the body against the very hash that the manifest keeps, and stores it beside the object. */
function bodyInput({ body, contentType, cacheControl }: NewObject) {
  return {
    Body: body,
    ContentType: contentType,
    CacheControl: cacheControl,
    ChecksumSHA256: createHash('sha256').update(body).digest('base64'),
  };
}

/**
 * S3 compares ETags with and without their quotes alike; Ceph's gateway knows them without only, a strict reader of
 * RFC 9110 with only.
 */
function conditionInput(
  condition: PutCondition | undefined,
  withQuotes: boolean,
): Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'> {
  if (condition === undefined) return {};
  if ('ifAbsent' in condition) return { IfNoneMatch: '*' };
  return { IfMatch: withQuotes ? `"${condition.ifMatch}"` : condition.ifMatch };
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

function attemptsOf(result: unknown): number {
  const metadata =
    typeof result === 'object' && result !== null && '$metadata' in result ? result.$metadata : undefined;
  const attempts =
    typeof metadata === 'object' && metadata !== null && 'attempts' in metadata ? metadata.attempts : undefined;
  return typeof attempts === 'number' ? attempts : 1;
}
