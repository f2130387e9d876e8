import { datasetSchema } from '../../lib/goals/model/dataset-schema.ts';

/**
 * Reads a small site (small-site.ts) as a visitor and a program would: from these keys on, along every link.
 *
 * @param from keys that a reader may know already; `index.html` is always among them, though it may not be there yet
 * @param versions for a key, the bytes that it may have
 * @returns what is wrong, in words; nothing where all is well
 */
export async function whatIsBroken(
  get: (key: string) => Promise<Uint8Array | null>,
  from: readonly string[],
  versions: (key: string) => readonly Uint8Array[],
): Promise<string[]> {
  const broken: string[] = [];
  const known = new Set(from);
  const seen = new Set<string>();
  const queue = ['index.html', ...from];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const body = await get(key);
    if (body === null) {
      if (key !== 'index.html' || known.has(key)) broken.push(`${key} is missing`);
      continue;
    }
    if (!versions(key).some((version) => Buffer.from(version).equals(body))) {
      broken.push(`${key} is neither the old one nor the new one`);
    }
    queue.push(...linksOf(key, Buffer.from(body).toString(), broken));
  }
  return broken;
}

function linksOf(key: string, text: string, broken: string[]): string[] {
  if (key.endsWith('.html') || key === 'feed.xml')
    return [...text.matchAll(/href="([^"]+)"/g)].map(([, link]) => link ?? '');
  if (key === 'sitemap.xml') return [...text.matchAll(/<loc>([^<]+)</g)].map(([, link]) => link ?? '');
  if (key === 'data/v1/index.json') return JSON.parse(text).files;
  if (key.endsWith('.json') && !datasetSchema.safeParse(JSON.parse(text)).success) broken.push(`${key} is no dataset`);
  return [];
}
