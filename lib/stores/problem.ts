import { StoreError } from './store.ts';

/** Why a release did not come about, or not wholly: for people, and with a stable code for programs. */
export interface Problem {
  /** Stable English slug. */
  readonly code: string;
  /** Plain Japanese: what happened. */
  readonly message: string;
  /** Plain Japanese: what to do about it. */
  readonly fix: string;
}

/** The problem that a store reported. Anything else thrown is a bug, and goes on as it is. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof StoreError)) throw error;
  return { code: error.code, message: error.message, fix: error.fix };
}
