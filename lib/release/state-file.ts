import { ifUnchanged, jsonRecord } from '../stores/json-record.ts';
import { type ObjectStore, type StoredObject, StoreError } from '../stores/store.ts';
import { encodeState, parseState, type State } from './state.ts';

const stateKey = 'state.json';

/** A state as it stands in its store. */
export interface StoredState {
  readonly state: State;
  readonly etag: string;
}

/**
 * @returns null where there is no state
 * @throws StoreError `state-unreadable`: a state that cannot be read is never taken for none, or a whole history would be
 *   written over
 */
export async function readState(store: ObjectStore, signal?: AbortSignal): Promise<StoredState | null> {
  return parsed(store, await store.get(stateKey, { signal }));
}

/** `current` is the state that was written by another, or earlier. */
export type StateWrite =
  | { readonly written: StoredState }
  | { readonly written: null; readonly current: StoredState | null };

/**
 * Writes the state where it is still the one with this etag; null for the first one.
 *
 * An answer can get lost after the write took effect: the store's client repeats the request and loses to itself, or an
 * error comes back. In both cases what is there now is read, and tells.
 *
 * @throws StoreError where the state was certainly not written yet, or nothing can be known
 */
export async function writeState(
  store: ObjectStore,
  state: State,
  etag: string | null,
  signal?: AbortSignal,
): Promise<StateWrite> {
  const body = encodeState(state);
  let current: StoredObject | null;
  try {
    const result = await store.put(stateKey, jsonRecord(body), ifUnchanged(etag), { signal });
    if (result.outcome === 'written') return { written: { state, etag: result.etag } };
    current = result.current;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    current = await store.get(stateKey, { signal }).catch(() => {
      throw error;
    });
    if ((current?.etag ?? null) === etag) throw error;
  }
  if (current !== null && Buffer.from(body).equals(current.body)) return { written: { state, etag: current.etag } };
  return { written: null, current: parsed(store, current) };
}

function parsed(store: ObjectStore, object: StoredObject | null): StoredState | null {
  if (object === null) return null;
  const state = parseState(object.body);
  if (state === null) {
    throw new StoreError(
      'state-unreadable',
      `公開の記録（${store.name} の ${stateKey}）が壊れているか、このプログラムの別の版で書かれています。サイトには何も書きませんでした。`,
      `保管場所の指定を確かめてください。正しい場合は、新しい版のプログラムで実行するか、バックアップから ${stateKey} を元に戻してください。`,
    );
  }
  return { state, etag: object.etag };
}
