/** The vault's worker, and what a seat hears of one that died. */
import { expect, it } from 'vitest';
import { Sealer } from '../../kiosk_client/web/secrecy/sealer';
import type { Answer, Ask } from '../../kiosk_client/web/secrecy/vault';

const TAKE: Ask = { kind: 'take_card', text: 'CARD', pin: '0', expected: '1' };
const SEAL: Ask = { kind: 'seal', id: 'p1', election: '{}', marks: [1] };

/** A thread that says and dies as the test tells it. */
function scripted() {
  const heard: Ask[] = [];
  const told: Answer[] = [];
  const thread = {
    postMessage: (ask: Ask) => heard.push(ask),
    terminate: () => undefined,
  } as unknown as Worker;
  const sealer = new Sealer((answer) => told.push(answer), thread);
  const says = (data: Answer | null) => {
    thread.onmessage?.({ data } as MessageEvent<Answer | null>);
  };
  const dies = () => {
    thread.onerror?.({ message: 'gone' } as ErrorEvent);
  };
  return { sealer, heard, told, says, dies };
}

it('passes answers on, and nothing where there is nothing to say', () => {
  const { sealer, heard, told, says } = scripted();
  sealer.ask({ kind: 'forget' });
  sealer.ask(SEAL);
  says(null);
  says({ kind: 'failed', what: 'seal', why: 'no key' });
  expect(heard).toEqual([{ kind: 'forget' }, SEAL]);
  expect(told).toEqual([{ kind: 'failed', what: 'seal', why: 'no key' }]);
});

it('says of a thread that died what failed: the card that was being taken, and no vote', () => {
  const { sealer, told, says, dies } = scripted();
  sealer.ask({ kind: 'forget' });
  sealer.ask(TAKE);
  says(null);
  dies();
  expect(told).toEqual([{ kind: 'failed', what: 'take_card', why: 'gone' }]);
  dies();
  expect(told).toHaveLength(1);
});

it('says at once that nothing can be sealed any more', () => {
  const { sealer, heard, told, dies } = scripted();
  dies();
  expect(told).toEqual([]);
  sealer.ask(SEAL);
  expect(heard).toEqual([]);
  expect(told).toEqual([{ kind: 'failed', what: 'seal', why: 'gone' }]);
});
