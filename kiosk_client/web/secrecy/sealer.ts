/** The seat's side of its vault: asks go to the worker, answers come back. */
import type { Answer, Ask } from './vault';

export class Sealer {
  readonly #worker: Worker;

  /** `onAnswer` also hears of a worker that died, as of a failure. */
  constructor(onAnswer: (answer: Answer) => void) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => onAnswer(data);
    this.#worker.onerror = (event) => {
      onAnswer({ kind: 'failed', what: 'seal', why: event.message });
    };
  }

  ask(ask: Ask): void {
    this.#worker.postMessage(ask);
  }

  /** Ends the worker, and what it knew with it, but for the key that the browser keeps. */
  stop(): void {
    this.#worker.terminate();
  }
}
