import type { Failure } from '../failure.ts';
import { StoreError } from './store.ts';

/** The failure that a store reported. Anything else thrown is a bug, and goes on as it is. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof StoreError)) throw error;
  return { code: error.code, message: error.message, fix: error.fix };
}
