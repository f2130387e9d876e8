import { randomBytes } from 'node:crypto';
import type { Failure } from '../failure.ts';
import { nobodysEtag, type ObjectStore, StoreError } from '../stores/store.ts';

/**
 * The release protocol stands on conditional writes, and some stores that speak S3 take the condition and ignore it. Two
 * publishers would then write over each other without either noticing.
 *
 * This asks for one write that must be refused, in one request, so that a first publish can afford it. `If-Match` is the
 * younger of the two conditions: what knows it knows `If-None-Match` too.
 *
 * @returns null where the store refuses as it must
 */
export async function ignoresConditions(store: ObjectStore): Promise<Failure | null> {
  const key = `probe-${randomBytes(8).toString('hex')}`;
  const result = await store.put(key, probeObject('must be refused'), { ifMatch: nobodysEtag });
  if (result.outcome === 'lost') return null;
  await store.delete(key);
  return conditionsIgnored(store);
}

/**
 * The whole examination of a store that is to keep state, for setting it up: both conditions, each where it holds and
 * where it does not. Leaves nothing behind.
 *
 * @returns null where the store does all of it right
 */
export async function probeConditions(store: ObjectStore): Promise<Failure | null> {
  const key = `probe-${randomBytes(8).toString('hex')}`;
  try {
    const first = await store.put(key, probeObject('first'), { ifAbsent: true });
    if (first.outcome === 'lost') return conditionsIgnored(store);
    const again = await store.put(key, probeObject('again'), { ifAbsent: true });
    const second = await store.put(key, probeObject('second'), { ifMatch: first.etag });
    if (again.outcome === 'written' || second.outcome === 'lost') return conditionsIgnored(store);
    const stale = await store.put(key, probeObject('stale'), { ifMatch: first.etag });
    const last = await store.get(key);
    const right = stale.outcome === 'lost' && last?.etag === second.etag;
    return right ? null : conditionsIgnored(store);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'conditions-refused') {
      return { code: error.code, message: error.message, fix: error.fix };
    }
    throw error;
  } finally {
    await store.delete(key);
  }
}

function probeObject(text: string) {
  return { body: Buffer.from(text), contentType: 'text/plain; charset=utf-8', cacheControl: 'no-store' };
}

function conditionsIgnored(store: ObjectStore): Failure {
  return {
    code: 'conditions-ignored',
    message: `記録の保管場所（${store.name}）は、条件付きの書き込み（If-Match、If-None-Match）の条件を無視します。同時に実行されたときに記録が壊れるため、使えません。サイトには何も書きませんでした。`,
    fix: '条件付きの書き込みに対応した保管場所（Amazon S3 など）を指定してください。',
  };
}
