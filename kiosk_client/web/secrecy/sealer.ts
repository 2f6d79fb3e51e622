/*
 * The seat's side of its vault: asks go to the worker, answers come back.
 *
 * Rule: each ask is answered once, in their order, null where there is nothing to say. A worker that
 * died answers nothing: what it was asked, and is asked from then on, has failed.
 */
import type { Answer, Ask } from './vault';

export class Sealer {
  readonly #worker: Worker;
  readonly #onAnswer: (answer: Answer) => void;
  #pending: Ask[] = [];
  #died: string | null = null;

  constructor(
    onAnswer: (answer: Answer) => void,
    worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  ) {
    this.#onAnswer = onAnswer;
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Answer | null>) => {
      this.#pending.shift();
      if (data !== null) onAnswer(data);
    };
    worker.onerror = (event) => this.#die(event.message);
  }

  ask(ask: Ask): void {
    this.#pending.push(ask);
    if (this.#died === null) this.#worker.postMessage(ask);
    else this.#die(this.#died);
  }

  /** Ends the worker, and what it knew with it, but for the key that the browser keeps. */
  stop(): void {
    this.#worker.terminate();
  }

  #die(why: string): void {
    this.#died = why;
    this.#worker.terminate();
    const failed = this.#pending;
    this.#pending = [];
    for (const { kind: what } of failed) this.#onAnswer({ kind: 'failed', what, why });
  }
}
