/**
 * Whether this screen may make a sound.
 *
 * Rule: a browser is silent until somebody touches it, unless it was started with
 * `--autoplay-policy=no-user-gesture-required`. Until then the screen says so; it never asks the
 * hall for anything.
 */
import { ring } from './bell';

/** How long the browser may take to let a sound through before the screen says that it is off. */
const PATIENCE_MS = 1500;

export class Sound {
  /** The browser holds the sound back and waits for a touch. */
  held: boolean = $state(false);

  #context: AudioContext | null = null;

  /** Begins; the answer ends it. */
  start(): () => void {
    const context = new AudioContext();
    this.#context = context;
    const enable = () => void context.resume();
    const look = () => (this.held = context.state !== 'running');
    const patience = setTimeout(() => {
      look();
      context.addEventListener('statechange', look);
    }, PATIENCE_MS);
    window.addEventListener('pointerdown', enable);
    window.addEventListener('keydown', enable);
    return () => {
      clearTimeout(patience);
      context.removeEventListener('statechange', look);
      window.removeEventListener('pointerdown', enable);
      window.removeEventListener('keydown', enable);
      this.#context = null;
      void context.close();
    };
  }

  /** Rings the bell of the last call, where the browser lets it. A bell is never rung late. */
  ring(): void {
    if (this.#context?.state === 'running') ring(this.#context);
  }
}
