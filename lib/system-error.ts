/** What an error of Node or of the system calls itself (`ENOENT`, `EPIPE`); null for any other. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
