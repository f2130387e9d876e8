/**
 * What CloudFront keeps of the site. Pages and data are kept for a minute at most, pictures for as long as they have their name: what is
 * taken off the site for good, such as a portrait, must be taken out of there too.
 */

/** Still to be cleared, where a try failed: the next run of this instance does it. */
let isDue = false;

/** CloudFront did not take the order to forget the site: what was taken off it may be kept there. */
export class CacheNotCleared extends Error {
  override readonly name = 'CacheNotCleared';

  constructor(cause: unknown) {
    super(
      `The site is as it should be, and CloudFront was not told to forget what it was. ${cause instanceof Error ? cause.message : ''}`,
      { cause },
    );
  }
}

/** Remembers that the cache holds what is no longer on the site. */
export function cacheIsDue(): void {
  isDue = true;
}

/**
 * Has CloudFront forget the whole site, where that is due: one path, whatever its number of pages.
 *
 * @param distributionId undefined where the site is not behind CloudFront: then there is nothing to forget
 * @param event the same id means the same order, however often it is sent
 * @returns whether there was anything to do
 * @throws CacheNotCleared
 */
export async function clearCache(distributionId: string | undefined, event: string): Promise<boolean> {
  if (!isDue || distributionId === undefined) return false;
  const { CloudFrontClient, CreateInvalidationCommand } = await import('@aws-sdk/client-cloudfront');
  const client = new CloudFrontClient();
  try {
    await client.send(
      new CreateInvalidationCommand({
        DistributionId: distributionId,
        InvalidationBatch: { CallerReference: event, Paths: { Quantity: 1, Items: ['/*'] } },
      }),
    );
    isDue = false;
    return true;
  } catch (error) {
    throw new CacheNotCleared(error);
  } finally {
    client.destroy();
  }
}
