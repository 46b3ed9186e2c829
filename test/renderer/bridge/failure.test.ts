import { ORPCError } from '@orpc/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../../renderer/bridge/failure.ts';
import { readyTexts } from '../../../renderer/texts/language.ts';

const failure = (code: string, advice: string) =>
  failureOf(new ORPCError(code, { defined: true, message: 'what happened', data: { advice } }));

beforeEach(() => readyTexts('en'));

describe('what went wrong with a call', () => {
  it('is advised by the controls of the window where the core names a command, the facts kept', () => {
    expect(failure('READ_ONLY_LINK', 'wb link set acme --unlock lets writes out.')).toEqual({
      code: 'READ_ONLY_LINK',
      message: 'what happened',
      advice: 'Unlock writing on the link’s page, under Partners, to let writes out.',
    });
    expect(failure('CONFIRMATION_NEEDED', 'Confirm it (--yes on the command line).').advice).toBe(
      'Confirm it and try again.',
    );
    readyTexts('sv');
    expect(failure('TOKEN_MISSING', 'Enter it: wb link set acme --token A.').advice).toBe(
      'Ange den på länkens sida, under Tokens.',
    );
  });

  it('is advised by the core where it names none, or the window has nothing of its own', () => {
    const plain = 'Stop the other program, or choose another port; well-known ones need more rights.';
    expect(failure('PORT_TAKEN', plain).advice).toBe(plain);
    expect(failure('TLS_UNUSABLE', 'Check --tls-cert.').advice).toBe('Check --tls-cert.');
  });
});
