/**
 * Where objects are kept: an S3 bucket with a prefix, a folder, or memory. The release protocol needs no more than this,
 * and one contract suite holds every implementation to it.
 *
 * Every operation may throw a `StoreError`. Then the outcome is unknown: a write may have taken effect all the same,
 * now or a moment later, as when the answer to a request is lost on the way.
 *
 * The room `stores` knows how objects are kept and how a place answers; nothing of goals, pages or releases. It may import `text`. Begin
 * here.
 */
export interface ObjectStore {
  /** For people, and to tell one place from another: `s3://bucket/prefix`, a folder's absolute path. */
  readonly name: string;
  /**
   * What is known of conditional writes here:
   *
   * - `unproven`: they come with the write itself, and a service does or does not keep them: it has to be asked
   * - `kept`: they come with the write itself, and are kept
   * - `locked`: they take a lock, so only the state is written so, and the site is looked at instead: a folder
   */
  readonly conditions: 'unproven' | 'kept' | 'locked';
  /** How many requests were made so far, of any kind, repeated ones included. */
  readonly requests: number;
  /** The whole object, or null where there is none. Reads what was last written. */
  get(key: string, limits?: RequestLimits): Promise<StoredObject | null>;
  /**
   * Writes the whole object at once: a reader sees the old one or the new one. Without a condition it is written, or an error is
   * thrown.
   */
  put(key: string, object: NewObject, condition?: PutCondition, limits?: RequestLimits): Promise<PutResult>;
  /** The etags of all that is there, by key; what is no file or object of its own kind, a link for one, has an etag that nothing else has. */
  list(limits?: RequestLimits): Promise<ReadonlyMap<string, string>>;
  /**
   * The keys of all that is there, where a look costs no request: a folder. What somebody has removed by hand is then found
   * missing, and written again.
   */
  keys?(): Promise<ReadonlySet<string>>;
  /** Removes the object; it is no error where there is none. */
  delete(key: string, limits?: RequestLimits): Promise<void>;
}

/** What bounds one operation. */
export interface RequestLimits {
  /** Ends the waiting, no more: what was sent may still take effect. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Asked right before each sending, repeated ones included: a machine may have slept since the operation began. Where it says no,
   * nothing is sent, and the operation throws a `StoreError` `interrupted`.
   */
  readonly maySend?: (() => boolean) | undefined;
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

/** What an operation throws that was not to be sent any more. */
export function notSent(place: string): StoreError {
  return new StoreError(
    'interrupted',
    `時間切れのため、${place} への要求を取りやめました。`,
    'もう一度実行してください。続きから公開します。',
  );
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
