import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import type { FlowAnswer, FlowCall, LinkChange, RegistrationPorts, TokenStep } from '../flows/registration/ports.ts';
import type { History } from '../history/history.ts';
import type { TokenEntry } from '../history/tokens.ts';
import type { Version } from '../ocpi/versions.ts';
import type { PlatformDesk } from './platform.ts';
import { mustStore } from './storage.ts';

export interface PortOptions {
  readonly history: History;
  readonly clock: Clock;
  readonly platform: PlatformDesk;
  readonly call: (call: FlowCall) => Promise<FlowAnswer>;
  readonly calledBack: RegistrationPorts['calledBack'];
}

/** Binds what a registration does to the world: calls, tokens, links. */
export function bindRegistration({ history, clock, platform, call, calledBack }: PortOptions): RegistrationPorts {
  const link = (id: number): Link => {
    const known = history.links.get(id);
    if (known === undefined) throw new Error(`link ${id} was removed while a flow used it`);
    return known;
  };
  return {
    clock,
    platform: {
      get versions(): readonly Version[] {
        return platform.config().versions;
      },
      get versionsUrl(): string {
        return platform.versionsUrl() ?? '';
      },
      credentials: (facing, version, token) => platform.credentialsFor(facing, version, token),
    },
    call,
    calledBack,
    newToken,
    link,
    outgoingToken: linkId => {
      const usable = history.tokens
        .ledger(linkId)
        .filter(({ direction, state, readable }) => direction === 'outgoing' && state !== 'retired' && readable);
      const chosen =
        usable.findLast(({ state }) => state === 'active') ?? usable.findLast(({ state }) => state === 'pending');
      const value = chosen === undefined ? undefined : history.tokens.valueOf(chosen.row);
      if (chosen === undefined || value === undefined) return undefined;
      const previous = usable.findLast(({ state }) => state === 'previous');
      const before = previous === undefined ? undefined : history.tokens.valueOf(previous.row);
      return { kind: chosen.kind, value, ...(before === undefined ? {} : { before }) };
    },
    commit: change => mustStore(history, () => applyChange(history, change)),
    tryCommit: change => history.transaction(() => applyChange(history, change)),
    snapshot: linkId => remember(history, linkId),
  };
}

/** 256 bits, printable without `+`, `/` or `=`: survives every encoding a partner may put it through. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function applyChange(history: History, { linkId, link, tokens = [] }: LinkChange) {
  if (link !== undefined) history.links.update(linkId, link);
  for (const step of tokens) applyTokenStep(history, linkId, step);
}

function applyTokenStep({ tokens }: History, linkId: number, step: TokenStep) {
  if (step.do === 'add') {
    const { direction, kind, state, issuedBy, value } = step;
    tokens.add({ linkId, direction, kind, state, issuedBy, token: value });
    return;
  }
  const fits = (entry: TokenEntry) =>
    entry.direction === step.direction &&
    (step.do === 'move'
      ? step.from.includes(entry.state) && (step.kind === undefined || step.kind === entry.kind)
      : entry.state !== 'retired' && tokens.valueOf(entry.row) === step.value);
  for (const entry of tokens.ledger(linkId).filter(fits)) tokens.setState(entry.row, step.to);
}

/** Puts a link and the states of its tokens back; tokens that came since are dead. */
function remember(history: History, linkId: number): () => Outcome<void> {
  const before = history.links.get(linkId);
  const states = new Map(history.tokens.ledger(linkId).map(({ row, state }) => [row, state]));
  return () =>
    history.transaction(() => {
      if (before === undefined) return;
      const now = history.links.get(linkId) ?? before;
      const { id: _, createdAt: __, updatedAt: ___, ...fields } = before;
      const gone = Object.keys(now).filter(key => !(key in before));
      history.links.update(linkId, { ...Object.fromEntries(gone.map(key => [key, undefined])), ...fields });
      for (const { row, state } of history.tokens.ledger(linkId)) {
        const old = states.get(row) ?? 'retired';
        if (old !== state) history.tokens.setState(row, old);
      }
    });
}
