/**
 * Where objects are kept: an S3 bucket with a prefix, a folder, or memory. The release protocol needs no more than this,
 * and one contract suite holds every implementation to it.
 *
 * Every operation may throw a `StoreError`. Then the outcome is unknown: a write may have taken effect all the same,
 * now or a moment later, as when the answer to a request is lost on the way. The signal ends the waiting, no more.
 */
export interface ObjectStore {
  /** For people, and to tell one place from another: `s3://bucket/prefix`, a folder's absolute path. */
  readonly name: string;
  /** How many requests were made so far, of any kind, repeated ones included. */
  readonly requests: number;
  /** The whole object, or null where there is none. Reads what was last written. */
  get(key: string, signal?: AbortSignal): Promise<StoredObject | null>;
  /** Writes the whole object at once: a reader sees the old one or the new one. */
  put(key: string, object: NewObject, condition?: PutCondition, signal?: AbortSignal): Promise<PutResult>;
  /**
   * The keys of all that is there, where a look costs no request: a folder. What somebody has removed by hand is then found
   * missing, and written again.
   */
  keys?(): Promise<ReadonlySet<string>>;
  /** Removes the object; it is no error where there is none. */
  delete(key: string, signal?: AbortSignal): Promise<void>;
}

export interface StoredObject {
  readonly body: Uint8Array;
  /** Opaque; changes whenever the content does. */
  readonly etag: string;
}

export interface NewObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Only where there is no such object yet, or only where the object is still the one with this etag. */
export type PutCondition = { readonly ifAbsent: true } | { readonly ifMatch: string };

/** An etag that no object has, to ask a store whether it looks at conditions. Then `current` is not read. */
export const nobodysEtag = '0'.repeat(32);

/**
 * `lost`: the condition did not hold when the store last looked, and `current` is what is there instead. A client that
 * repeats a request by itself meets its own first success here, so the caller compares `current` with what it wrote.
 */
export type PutResult =
  | { readonly outcome: 'written'; readonly etag: string }
  | { readonly outcome: 'lost'; readonly current: StoredObject | null };

/** The place that readers see, and the place where state is kept, never inside the other. */
export interface Stores {
  readonly site: ObjectStore;
  readonly state: ObjectStore;
}

/** A store could not be reached, or refused: the place, the operation and what to do, with the cause. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: string;
  readonly fix: string;

  constructor(code: string, message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.fix = fix;
  }
}
