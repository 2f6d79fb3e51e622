/**
 * Text that shrinks to its room instead of being clipped.
 *
 * Rule: the element has the size that the design gives it, times `--fit`, which goes down from 1
 * only as far as the text needs to stay within the width and the number of lines. It is measured
 * again when the width, its size by design or the fonts change; for another text, attach it anew: `{@attach fit(text)}`.
 */
const STEP = 0.04;
const SMALLEST = 0.3;

function overflows(element: HTMLElement, lines: number): boolean {
  if (element.scrollWidth > element.clientWidth + 1) return true;
  const height = parseFloat(getComputedStyle(element).lineHeight);
  return element.clientHeight > height * (lines + 0.5);
}

/** The size that the design gives the text, in px, before it is shrunk. */
function designedSize(element: HTMLElement): number {
  const shrunk = Number(element.style.getPropertyValue('--fit')) || 1;
  return parseFloat(getComputedStyle(element).fontSize) / shrunk;
}

function shrink(element: HTMLElement): void {
  const lines = Number(getComputedStyle(element).getPropertyValue('--lines')) || 1;
  for (let size = 1; size >= SMALLEST; size -= STEP) {
    element.style.setProperty('--fit', size.toFixed(2));
    if (!overflows(element, lines)) return;
  }
}

/**
 * An attachment for a block whose width is set by its surroundings, whose `font-size` uses
 * `var(--fit, 1)`, and which may have `--lines` lines (1 if nothing says).
 */
export function fit(text: string): (element: HTMLElement) => (() => void) | undefined {
  return (element) => {
    if (text === '') return undefined; // nothing to measure
    let width = 0;
    let size = 0;
    const observer = new ResizeObserver(() => {
      const designed = designedSize(element);
      // Its own shrinking changes neither.
      if (element.clientWidth === width && Math.abs(designed - size) < 0.5) return;
      width = element.clientWidth;
      size = designed;
      shrink(element);
    });
    observer.observe(element);
    const whenLoaded = () => shrink(element);
    document.fonts.addEventListener('loadingdone', whenLoaded);
    return () => {
      observer.disconnect();
      document.fonts.removeEventListener('loadingdone', whenLoaded);
    };
  };
}
