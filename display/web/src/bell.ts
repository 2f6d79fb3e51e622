/**
 * The bell of the last call, made here: no sound file, no byte from elsewhere.
 *
 * Rule: it rings once when a last call begins before the eyes of this screen. A screen that comes
 * back to a last call, or to another ballot, does not ring.
 */
import type { DisplayBallot } from '@wire/types';

/** One partial of a struck bell: its pitch against the strike note, loudness, and fading in s. */
interface Partial {
  readonly ratio: number;
  readonly gain: number;
  readonly fades: number;
}

/** The strike note in Hz: high enough for a murmuring hall, low enough for old ears. */
const STRIKE = 784;
/** A small bell's hum, prime, tierce, quint and nominal. */
const PARTIALS: readonly Partial[] = [
  { ratio: 0.5, gain: 0.25, fades: 2.6 },
  { ratio: 1, gain: 0.5, fades: 1.9 },
  { ratio: 1.2, gain: 0.25, fades: 1.3 },
  { ratio: 1.5, gain: 0.15, fades: 1 },
  { ratio: 2, gain: 0.3, fades: 0.8 },
];
/** When the bell is struck, in seconds from now: three strokes. */
const STROKES = [0, 0.7, 1.4] as const;
const SILENCE = 0.0001;

/** Whether the step from one view's ballot to the next is the beginning of a last call. */
export function ringsBetween(before: DisplayBallot | null, after: DisplayBallot | null): boolean {
  return after?.phase === 'open' && after.last_call && before?.id === after.id && !before.last_call;
}

/** Strikes the bell in a context that runs. */
export function ring(context: AudioContext): void {
  const out = context.createGain();
  out.gain.value = 0.6;
  out.connect(context.destination);
  for (const stroke of STROKES) {
    for (const { ratio, gain, fades } of PARTIALS) {
      const start = context.currentTime + stroke;
      const tone = context.createOscillator();
      const loudness = context.createGain();
      tone.frequency.value = STRIKE * ratio;
      loudness.gain.setValueAtTime(SILENCE, start);
      loudness.gain.exponentialRampToValueAtTime(gain, start + 0.006);
      loudness.gain.exponentialRampToValueAtTime(SILENCE, start + fades);
      tone.connect(loudness).connect(out);
      tone.start(start);
      tone.stop(start + fades);
    }
  }
}
