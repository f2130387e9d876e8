import { randomBytes } from 'node:crypto';
import type { Failure } from '../failure.ts';
import { nobodysEtag, type ObjectStore, StoreError } from '../stores/store.ts';

/**
 * The release protocol stands on conditional writes. Some stores that speak S3 take a condition and ignore it, others refuse every
 * one: two publishers would write over each other without noticing, or a run would end in the middle.
 *
 * Asks a place all four questions, each condition where it holds and where it does not, under a key that nobody knows and that is gone
 * afterwards. What must be refused is asked first, so that a store that takes everything has been given as little as possible.
 *
 * @returns null where the store does all of it right
 * @throws StoreError where it cannot be reached, or says that it has no conditions
 */
export async function examineConditions(store: ObjectStore): Promise<Failure | null> {
  const key = `probe-${randomBytes(8).toString('hex')}`;
  const put = (text: Question, condition: Parameters<ObjectStore['put']>[2]) =>
    store.put(
      key,
      { body: Buffer.from(text), contentType: 'text/plain; charset=utf-8', cacheControl: 'no-store' },
      condition,
    );
  let written = false;
  try {
    const overNothing = await put('over nothing', { ifMatch: nobodysEtag });
    written = overNothing.outcome === 'written';
    if (written) return conditionsIgnored(store);
    const first = await put('first', { ifAbsent: true });
    if (first.outcome === 'lost') return conditionsBroken(store);
    written = true;
    if ((await put('again', { ifAbsent: true })).outcome === 'written') return conditionsIgnored(store);
    if ((await put('second', { ifMatch: first.etag })).outcome === 'lost') return conditionsBroken(store);
    if ((await put('stale', { ifMatch: nobodysEtag })).outcome === 'written') return conditionsIgnored(store);
    return null;
  } catch (error) {
    if (error instanceof StoreError && error.code === 's3-condition-untrue') return conditionsBroken(store);
    throw error;
  } finally {
    if (written) await store.delete(key);
  }
}

const questions = ['over nothing', 'first', 'again', 'second', 'stale'] as const;
type Question = (typeof questions)[number];

/** Whether an object is what an examination left that was cut off in the middle. */
export function isQuestion(key: string, body: Uint8Array): boolean {
  return isQuestionKey(key) && questions.some((text) => Buffer.from(text).equals(body));
}

/** Whether a key can be one of {@link examineConditions}. */
export function isQuestionKey(key: string): boolean {
  return /^probe-[0-9a-f]{16}$/u.test(key);
}

function conditionsIgnored(store: ObjectStore): Failure {
  return {
    code: 'conditions-ignored',
    message: `保管場所（${store.name}）は、条件付きの書き込み（If-Match、If-None-Match）の条件を無視します。同時に実行されたときに内容が壊れるため、使えません。サイトには何も書きませんでした。`,
    fix: '条件付きの書き込みに対応した保管場所（Amazon S3 など）を指定してください。',
  };
}

function conditionsBroken(store: ObjectStore): Failure {
  return {
    code: 'conditions-broken',
    message: `保管場所（${store.name}）は、条件付きの書き込み（If-Match、If-None-Match）を、条件を満たしていても断ります。公開が途中で止まるため、使えません。サイトには何も書きませんでした。`,
    fix: 'バケットのバージョニングを止めると使えることがあります（Ceph など）。または、条件付きの書き込みに対応した保管場所（Amazon S3 など）を指定してください。',
  };
}
