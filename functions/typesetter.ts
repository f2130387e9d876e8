/** Loaded only where a document has to be made: it takes a second. */
export async function typesetter() {
  return (await import('../lib/documents/typeset.ts')).typesetter();
}
