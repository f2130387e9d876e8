import type { CityReport, FleetReport } from '../../lib/fleet/fleet-report.ts';

export const fleetNow = new Date('2026-11-26T01:30:00Z');

const ago = (hours: number): string => new Date(fleetNow.getTime() - hours * 3_600_000).toISOString();

/** One city as a night leaves it, with what a test says of it. */
export function cityReport(
  id: string,
  said: Partial<NonNullable<CityReport['record']>> = {},
  more: Partial<CityReport> = {},
): CityReport {
  const nothing = {
    etag: 'r',
    outcome: 'published',
    municipality: null,
    owed: false,
    errors: 0,
    warnings: 0,
    held: 0,
    heldSince: null,
  } as const;
  return {
    id,
    url: `https://goals.example.jp/${id}/`,
    paused: false,
    record: { ...nothing, publishedAt: ago(200), ...said },
    night: { etag: 'n', at: ago(8) },
    ...more,
  };
}

/** A city of each kind, in no order. */
export function sampleFleet(): FleetReport {
  const cities = [
    cityReport('aoba-shi', { municipality: '青葉市', warnings: 3 }),
    cityReport('umi-machi', { held: 2, heldSince: ago(5), errors: 2 }),
    cityReport('kawa-shi', { held: 1, heldSince: ago(24 * 9), errors: 1, warnings: 12 }),
    cityReport('mori-mura', { municipality: '森村', outcome: 'failed', owed: true }),
    cityReport('hara-shi', {}, { night: { etag: 'n', at: ago(51) } }),
    cityReport('ishi-machi', { outcome: 'blocked', errors: 1 }),
    cityReport('shin-shi', {}, { record: null, night: null }),
    cityReport('tani-mura', {}, { paused: true }),
    cityReport('numa-shi'),
  ];
  return { schemaVersion: 1, at: fleetNow.toISOString(), cities };
}
