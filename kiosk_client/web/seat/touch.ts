/*
 * What counts as a touch.
 *
 * Rule: a touch begins and ends inside its target, with one finger. Where it wanders in between
 * does not matter: a hand may tremble. A second finger does not press.
 */
import type { Attachment } from 'svelte/attachments';

/** The edges of a target, in the coordinates of the pointer. */
export interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Whether a point lies inside, edges included. */
export function inside(edges: Edges, x: number, y: number): boolean {
  return x >= edges.left && x <= edges.right && y >= edges.top && y <= edges.bottom;
}

/** A click so soon after a pointer is the browser's echo of it, in milliseconds. */
const ECHO = 700;

/**
 * Runs `press` when the element is touched, clicked, or pressed by key or by a reading aid.
 *
 * `live` says whether the element accepts touches now; it is asked when the touch begins.
 */
export function pressed(
  press: () => void,
  live: () => boolean = () => true,
): Attachment<HTMLElement> {
  return (element) => {
    let pointer: number | null = null;
    let lastPointer = -ECHO;

    const begin = (event: PointerEvent) => {
      lastPointer = event.timeStamp;
      if (!event.isPrimary || event.button !== 0) return;
      pointer = live() ? event.pointerId : null;
      if (pointer !== null) element.setPointerCapture(pointer);
    };
    const end = (event: PointerEvent) => {
      lastPointer = event.timeStamp;
      if (event.pointerId !== pointer) return;
      pointer = null;
      if (inside(element.getBoundingClientRect(), event.clientX, event.clientY)) press();
    };
    const cancel = (event: PointerEvent) => {
      if (event.pointerId === pointer) pointer = null;
    };
    // A click that no pointer made comes from the keyboard, a switch or a screen reader.
    const click = (event: Event) => {
      if (event.timeStamp - lastPointer >= ECHO && live()) press();
    };
    const unbind = [
      on(element, 'pointerdown', begin),
      on(element, 'pointerup', end),
      on(element, 'pointercancel', cancel),
      on(element, 'click', click),
    ];
    return () => {
      for (const stop of unbind) stop();
    };
  };
}

function on<K extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  type: K,
  run: (event: HTMLElementEventMap[K]) => void,
): () => void {
  target.addEventListener(type, run);
  return () => target.removeEventListener(type, run);
}
