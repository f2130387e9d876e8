/**
 * What went wrong outside the program: one shape for sources, stores and commands, so that whoever tells it to a person needs to know
 * one. Imports nothing. Begin at `Failure`.
 */
export interface Failure {
  /** Stable English slug, for programs. */
  readonly code: string;
  /** Plain Japanese: what happened. Never holds the value of a variable or a secret. */
  readonly message: string;
  /** Plain Japanese: what to do about it. */
  readonly fix: string;
}

/**
 * Why a source gave no workbook.
 *
 * - `not-found`, `wrong-kind`: what was named is not there, or cannot be what was meant (exit status 2)
 * - `unreadable`: it is there, and may not be read, or is no workbook (exit status 3)
 * - `refused`, `unavailable`: a service would not, or could not, answer (exit status 3)
 */
export interface SourceFailure extends Failure {
  readonly kind: 'not-found' | 'wrong-kind' | 'unreadable' | 'refused' | 'unavailable';
}
