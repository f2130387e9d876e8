import type { Clock } from '../../lib/sources/google/clock.ts';

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** A clock that stands still but for sleeping and for what `advance` is told: minutes of pauses take no time. */
export class VirtualClock implements Clock {
  #now: number;
  readonly #start: number;
  #alarms: Alarm[] = [];

  constructor(start: number = Date.parse('2025-04-01T00:00:00Z')) {
    this.#now = start;
    this.#start = start;
  }

  now(): number {
    return this.#now;
  }

  /** Milliseconds since the clock was made. */
  get elapsed(): number {
    return this.#now - this.#start;
  }

  async sleep(duration: number): Promise<void> {
    this.advance(duration);
  }

  alarm(duration: number, ring: () => void): () => void {
    const alarm = { at: this.#now + duration, ring };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  advance(duration: number): void {
    this.#now += duration;
    const due = this.#alarms.filter(({ at }) => at <= this.#now);
    this.#alarms = this.#alarms.filter(({ at }) => at > this.#now);
    for (const { ring } of due) ring();
  }

  /** Goes on to the next alarm, as time does while nobody answers. */
  advanceToNextAlarm(): void {
    const next = Math.min(...this.#alarms.map(({ at }) => at));
    if (Number.isFinite(next)) this.advance(next - this.#now);
  }
}
