/**
 * What the operator is told of a secret ballot, step by step.
 *
 * Rule: the hall says who has signed and who has opened; here it is only put in order. Names are
 * the scrutineers', codes the Members'. Nothing here could tell a vote: there is nothing to tell.
 */
import type { DisplayBallot, SealedFault, SecretDesk } from '@wire/types';

/** A line: a Fluent id with its figures. `waits` asks for somebody to do something. */
export interface SecretStep {
  readonly id: string;
  readonly figures: Readonly<Record<string, string | number>>;
  readonly waits: boolean;
}

const listed = (names: readonly string[]): string => names.join(', ');

/** The lines for the ballot on the floor, in the order in which the steps are taken. */
export function secretSteps(ballot: DisplayBallot, desk: SecretDesk | null): SecretStep[] {
  const { phase, secret } = ballot;
  const line = (id: string, figures: SecretStep['figures'], waits = false): SecretStep => ({
    id: `console-secret-${id}`,
    figures,
    waits,
  });
  if (secret === null) return before(desk, line);
  const steps = [line('accredited', { n: secret.accredited })];
  const lacking = secret.needed - (phase === 'announced' ? secret.signed : secret.opened).length;
  const waiting = { n: lacking, names: listed(secret.missing) };
  if (secret.signed.length > 0) steps.push(line('signed', { names: listed(secret.signed) }));
  if (phase === 'announced' && lacking > 0) steps.push(line('unsigned', waiting, true));
  if (desk !== null && desk.proving !== null && desk.proving > 0) {
    steps.push(line('proving', { n: desk.proving }));
  }
  for (const [reason, members] of turnedAway(desk)) {
    steps.push(line(`turned-away-${reason}`, { members: listed(members) }, true));
  }
  if (secret.opened.length > 0) steps.push(line('opened', { names: listed(secret.opened) }));
  if (phase === 'closed' && !secret.is_open) steps.push(line('unopened', waiting, true));
  return steps;
}

/** Whose sealed ballots were not taken, by reason. */
function turnedAway(desk: SecretDesk | null): Map<SealedFault, string[]> {
  const members = new Map<SealedFault, string[]>();
  for (const { member, reason } of desk?.turned_away ?? []) {
    members.set(reason, [...(members.get(reason) ?? []), member]);
  }
  return members;
}

function before(
  desk: SecretDesk | null,
  line: (id: string, figures: SecretStep['figures'], waits?: boolean) => SecretStep,
): SecretStep[] {
  if (desk === null) return [];
  if (!desk.ready) return [line('no-key', {}, true)];
  const steps = [line('accredited', { n: desk.credentials })];
  if (desk.without.length > 0) {
    steps.push(line('without', { members: listed(desk.without) }, true));
  }
  return steps;
}
