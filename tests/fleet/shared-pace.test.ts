import { expect, test } from 'vitest';
import { paceKey, sharedPace } from '../../lib/fleet/shared-pace.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { FastClock } from '../support/fast-clock.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const never = Number.POSITIVE_INFINITY;
const stateOf = async (store: ReturnType<typeof memoryStore>) =>
  JSON.parse(new TextDecoder().decode((await store.get(paceKey))?.body));

test('however many workers there are, no sixty seconds have more than sixty requests, and no turn is wasted', async () => {
  const store = memoryStore();
  const clock = new FastClock({ factor: 400, began: Date.now(), beganAs: 0 });
  const turns: number[] = [];
  const worker = async () => {
    const pace = sharedPace(store, { clock, random: Math.random, urgency: 'now' });
    for (let count = 0; count < 20; count += 1) {
      const before = await stateOf(store).catch(() => ({ read: 0 }));
      expect(await pace.turn('read', never)).toBe(true);
      turns.push(before.read);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const { read } = await stateOf(store);
  // 160 turns, one after another: the last ends where 160 intervals have passed, but for what nobody asked for.
  expect(turns).toHaveLength(160);
  expect(read).toBeGreaterThanOrEqual((160 * 60_000) / 60);
});

test('a turn that would come too late is refused at once, and is not taken', async () => {
  const store = memoryStore();
  const clock = new VirtualClock(1_000_000);
  const pace = sharedPace(store, { clock, random: () => 0.5, urgency: 'now' });
  for (let count = 0; count < 10; count += 1)
    await sharedPace(store, { clock: still(clock), random: () => 0.5, urgency: 'now' }).turn('read', never);
  const before = await stateOf(store);
  expect(await pace.turn('read', clock.now() + 5_000)).toBe(false);
  expect(await stateOf(store)).toEqual(before);
  expect(clock.elapsed).toBe(0);
  // Writing has a quota of its own.
  expect(await pace.turn('write', clock.now() + 5_000)).toBe(true);
  expect(clock.elapsed).toBe(0);
});

test('the night lets everybody else go first', async () => {
  const store = memoryStore();
  const clock = new VirtualClock(1_000_000);
  for (let count = 0; count < 30; count += 1)
    await sharedPace(store, { clock: still(clock), random: () => 0.5, urgency: 'now' }).turn('read', never);
  const { read: next } = await stateOf(store);
  let taken: number | null = null;
  const seen = {
    ...store,
    put: async (...put: Parameters<typeof store.put>) => {
      taken ??= clock.now();
      return store.put(...put);
    },
  };
  await sharedPace(seen, { clock, random: () => 0.5, urgency: 'night' }).turn('read', never);
  expect(taken).toBeGreaterThanOrEqual(next - 3_000);
  expect(clock.now()).toBeGreaterThanOrEqual(next);
});

test('"too many" slows everybody down, and the longest pause is kept', async () => {
  const store = memoryStore();
  const clock = new VirtualClock(1_000_000);
  const one = sharedPace(store, { clock, random: () => 0.5, urgency: 'now' });
  const other = sharedPace(store, { clock, random: () => 0.5, urgency: 'night' });
  await one.slowDown(40_000);
  await other.slowDown(1_000);
  expect(await other.turn('read', clock.now() + 39_000)).toBe(false);
  expect(await other.turn('write', never)).toBe(true);
  expect(clock.elapsed).toBeGreaterThanOrEqual(40_000);
});

test('a state that cannot be read is begun anew', async () => {
  const store = memoryStore();
  await store.put(paceKey, { body: new TextEncoder().encode('{'), contentType: '', cacheControl: '' });
  const clock = new VirtualClock(1_000_000);
  expect(await sharedPace(store, { clock, random: () => 0.5, urgency: 'now' }).turn('read', never)).toBe(true);
  expect((await stateOf(store)).read).toBeGreaterThan(1_000_000);
});

/** The same time, in which waiting takes none: turns are taken ahead. */
function still(clock: VirtualClock) {
  return { now: () => clock.now(), sleep: async () => undefined, alarm: () => () => undefined };
}
