/** A command cannot run as it was given: says why, in the person's language. Ends with exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
