import { type ObjectStore, StoreError } from '../../lib/stores/store.ts';

/** Thrown in place of every operation of a process that is dead. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Where in the order of all operations on its stores a process dies. */
export interface Death {
  /** From 1; a number that is never reached lets the process live. */
  readonly operation: number;
  /** Before the operation takes effect, or after it. */
  readonly when: 'before' | 'after';
  /** It does not die: the store reports an error, once. */
  readonly survives?: boolean;
}

const noDeath: Death = { operation: Number.POSITIVE_INFINITY, when: 'after' };

/** The life of one process over its stores: counts the operations, and ends it at the one given. */
export class Life {
  #operations = 0;
  readonly #death: Death | null;

  constructor(death: Death | null) {
    this.#death = death;
  }

  /** Operations that were begun. */
  get operations(): number {
    return this.#operations;
  }

  /** The same store, as this process sees it. */
  over(store: ObjectStore): ObjectStore {
    return {
      name: store.name,
      get requests() {
        return store.requests;
      },
      conditions: store.conditions,
      get: (key) => this.#do(() => store.get(key)),
      list: () => this.#do(() => store.list()),
      put: (key, object, condition) => this.#do(() => store.put(key, object, condition)),
      delete: (key) => this.#do(() => store.delete(key)),
    };
  }

  async #do<Result>(operation: () => Promise<Result>): Promise<Result> {
    this.#operations += 1;
    const number = this.#operations;
    const { operation: last, when, survives = false } = this.#death ?? noDeath;
    if (number < last || (survives && number > last)) return operation();
    if (number === last && when === 'after') await operation();
    throw survives ? new StoreError('down', '止まっています。', '待ってください。') : new Killed();
  }
}
