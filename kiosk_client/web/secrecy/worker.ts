/** The vault in a thread of its own, so that the screen never waits for the mathematics. */
import { BrowserKeys } from './keys';
import { Vault, type Ask } from './vault';

const vault = new Vault(new BrowserKeys());
let last: Promise<void> = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  // One after the other: a seal must not overtake the key that it is signed with.
  last = last.then(async () => {
    const answer = await vault.answer(data);
    postMessage(answer);
    setTimeout(workAhead);
  });
});

/** One ballot at a time, so that a touch waits for one at most. */
function workAhead(): void {
  try {
    if (vault.work()) setTimeout(workAhead);
  } catch {
    // What fails ahead of a vote fails again when it is sealed, and is told then.
  }
}
