import { createHash } from 'node:crypto';
import { checkObjectKey } from './object-key.ts';
import {
  type NewObject,
  notSent,
  type ObjectStore,
  type PutCondition,
  type PutResult,
  type StoredObject,
} from './store.ts';

/** A store that lives as long as the process does; for tests. */
export interface MemoryStore extends ObjectStore {
  /** What is in it, by key. */
  readonly objects: ReadonlyMap<string, NewObject>;
}

export function memoryStore(name = 'memory'): MemoryStore {
  const objects = new Map<string, NewObject>();
  let requests = 0;

  const current = (key: string): StoredObject | null => {
    const object = objects.get(key);
    return object === undefined ? null : { body: object.body.slice(), etag: etagOf(object.body) };
  };

  return {
    name,
    conditions: 'kept',
    objects,
    get requests() {
      return requests;
    },
    async get(key) {
      checkObjectKey(key);
      requests += 1;
      return current(key);
    },
    async put(key, object, condition, limits): Promise<PutResult> {
      checkObjectKey(key);
      if (limits?.maySend?.() === false) throw notSent(name);
      requests += 1;
      const before = current(key);
      if (condition !== undefined && !holds(condition, before)) return { outcome: 'lost', current: before };
      objects.set(key, { ...object, body: object.body.slice() });
      return { outcome: 'written', etag: etagOf(object.body) };
    },
    async list() {
      requests += 1;
      return new Map([...objects].map(([key, { body }]) => [key, etagOf(body)]));
    },
    async delete(key, limits) {
      checkObjectKey(key);
      if (limits?.maySend?.() === false) throw notSent(name);
      requests += 1;
      objects.delete(key);
    },
  };
}

function etagOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Whether the condition holds for what is there now. */
export function holds(condition: PutCondition, current: StoredObject | null): boolean {
  return 'ifAbsent' in condition ? current === null : current?.etag === condition.ifMatch;
}
