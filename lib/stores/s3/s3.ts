import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { checkObjectKey } from '../object-key.ts';
import {
  type NewObject,
  nobodysEtag,
  notSent,
  type ObjectStore,
  type PutCondition,
  type PutResult,
  type RequestLimits,
  type StoredObject,
  StoreError,
} from '../store.ts';
import { ConditionUntrue, EndpointInvalid, httpStatus, s3StoreError } from './s3-errors.ts';

/** How often a write is sent again that met another one under way, or was refused for a condition that it does not have. */
const conflictAttempts = 5;
/** How often an object is asked for whose bytes do not arrive whole. */
const downloadAttempts = 3;

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
  client.config.endpointProvider = (parameters, context) => {
    // The SDK prints an endpoint that it cannot read, and what was pasted there can be a secret.
    if (parameters.Endpoint !== undefined && !isEndpoint(String(parameters.Endpoint))) throw new EndpointInvalid();
    return resolve(
      { ...parameters, ForcePathStyle: parameters.ForcePathStyle || parameters.Endpoint !== undefined },
      context,
    );
  };
  return client;
}

function isEndpoint(address: string): boolean {
  return /^https?:$/u.test(URL.parse(address)?.protocol ?? '');
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

  const explained = (error: unknown) => (error instanceof StoreError ? error : s3StoreError(error, name));

  const optionsOf = (limits: RequestLimits | undefined) => ({ ...(limits?.signal && { abortSignal: limits.signal }) });

  const get = async (key: string, limits?: RequestLimits): Promise<StoredObject | null> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const command = new GetObjectCommand({ Bucket: bucket, Key: keyOf(key), ChecksumMode: 'ENABLED' });
        const { Body, ETag } = await counted(client.send(command, optionsOf(limits)));
        if (Body === undefined || ETag === undefined) throw new Error('An answer without a body or an ETag');
        const body = await Body.transformToByteArray().catch((error: unknown) => {
          throw new BrokenDownload(error);
        });
        return { body, etag: unquoted(ETag) };
      } catch (error) {
        if (isMissing(error)) return null;
        // The SDK repeats what got no answer, but not what broke off in the middle of one.
        if (error instanceof BrokenDownload) {
          if (attempt < downloadAttempts && limits?.signal?.aborted !== true) continue;
          throw s3StoreError(error.cause, name);
        }
        throw explained(error);
      }
    }
  };

  /** The new etag; or that the condition did not hold, and whether it is certain that there is nothing. */
  const send = async (input: PutObjectCommandInput, limits?: RequestLimits): Promise<Sent> => {
    const conditional = input.IfMatch !== undefined || input.IfNoneMatch !== undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const command = new PutObjectCommand(input);
        command.middlewareStack.add(lastLook(name, limits), asLastStep);
        const { ETag } = await counted(client.send(command, optionsOf(limits)));
        if (ETag === undefined) throw new Error('An answer without an ETag');
        return { etag: unquoted(ETag) };
      } catch (error) {
        const status = httpStatus(error);
        if (status === 412 && conditional) return { etag: null, isNothing: false };
        if (input.IfMatch !== undefined && isMissing(error)) return { etag: null, isNothing: true };
        // Another conditional write of this key is under way: 409, or 500 at Ceph's gateway. Sent again, this one holds or
        // does not. The SDK repeats a 500 too, but saves its repetitions up over all requests and may have none left.
        // And 412 for a write that has no condition is no answer to it.
        const again = status === 409 || status === 412 || (conditional && status === 500);
        if (!again || attempt === conflictAttempts) throw explained(error);
        await sleep(50 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  };

  return {
    name,
    conditions: 'unproven',
    get requests() {
      return requests;
    },
    get,
    async put(key, object, condition, limits): Promise<PutResult> {
      const input = { Bucket: bucket, Key: keyOf(key), ...bodyInput(object) };
      if (condition === undefined) {
        const { etag } = await send(input, limits);
        if (etag === null) throw new TypeError('A write without a condition cannot be lost');
        return { outcome: 'written', etag };
      }
      const ifMatch = 'ifMatch' in condition ? condition.ifMatch : null;
      for (const withQuotes of [quoted, !quoted]) {
        const sent = await send({ ...input, ...conditionInput(condition, withQuotes) }, limits);
        if (sent.etag !== null) {
          if (ifMatch !== null) quoted = withQuotes;
          return { outcome: 'written', etag: sent.etag };
        }
        if (sent.isNothing || ifMatch === nobodysEtag) return { outcome: 'lost', current: null };
        const current = await get(key, limits);
        const isUntrue = (current?.etag ?? null) === ifMatch;
        if (!isUntrue) return { outcome: 'lost', current };
        // The condition holds, as far as can be seen, and was refused: a service that wants the other form, or is wrong.
      }
      throw s3StoreError(new ConditionUntrue(), name);
    },
    async list(limits) {
      const etags = new Map<string, string>();
      const start = prefix === '' ? '' : `${prefix}/`;
      try {
        for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
          const command: ListObjectsV2Command = new ListObjectsV2Command({
            Bucket: bucket,
            ...(start !== '' && { Prefix: start }),
            EncodingType: 'url',
            ...(token !== undefined && { ContinuationToken: token }),
          });
          const {
            Contents = [],
            IsTruncated,
            NextContinuationToken,
          } = await counted(client.send(command, optionsOf(limits)));
          for (const { Key, ETag } of Contents) {
            if (Key === undefined || ETag === undefined) continue;
            etags.set(decoded(Key).slice(start.length), unquoted(ETag));
          }
          token = IsTruncated === true ? NextContinuationToken : undefined;
        }
      } catch (error) {
        throw explained(error);
      }
      return etags;
    },
    async delete(key, limits) {
      const command = new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(key) });
      command.middlewareStack.add(lastLook(name, limits), asLastStep);
      try {
        await counted(client.send(command, optionsOf(limits)));
      } catch (error) {
        throw explained(error);
      }
    },
  };
}

/** The last step before a request goes out, and before each repetition of it: signed and connected, it may have waited for a machine to wake. */
function lastLook(place: string, limits: RequestLimits | undefined) {
  return <Args, Output>(next: (args: Args) => Promise<Output>) =>
    async (args: Args): Promise<Output> => {
      if (limits?.maySend?.() === false) throw notSent(place);
      return next(args);
    };
}

const asLastStep = { step: 'deserialize', priority: 'low' } as const;

/** The answer began and did not come to its end. */
class BrokenDownload extends Error {
  constructor(cause: unknown) {
    super('The body broke off', { cause });
  }
}

/** In a list that was asked for in this form, since XML cannot hold every character. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
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
