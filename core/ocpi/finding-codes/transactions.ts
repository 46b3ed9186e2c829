import type { KnownFinding } from './known-finding.ts';

/** Findings about one charge as a whole, told by all exchanges that belong to it. */
export const TRANSACTION_FINDINGS = {
  'transaction.no-cdr': {
    severity: 'warning',
    section: '6.3',
    meaning: 'The session ended a day ago or more and no CDR came.',
    advice: 'Every concluded session is billed by one CDR; look for one that was refused, or pull the CDRs.',
  },
  'transaction.cdr-without-session': {
    severity: 'warning',
    section: '6.2, 6.3',
    meaning: 'A CDR bills a session that was never told of, although other sessions were.',
    advice: 'Compare session_id, or in 2.1.1 auth_id, EVSE and times; the pushes of the session may have failed.',
  },
  'transaction.energy-differs': {
    severity: 'warning',
    section: '6.2, 6.3',
    meaning: 'The CDR bills another energy than its session ended with.',
    advice: 'COMPLETED is final: total_energy has to be the kwh of the completed session.',
  },
  'transaction.state-backwards': {
    severity: 'warning',
    section: '6.2, T19',
    meaning: 'The status of the session went backwards.',
    advice: 'PENDING, ACTIVE, COMPLETED is the way; often an older message that came late with a new last_updated.',
  },
  'transaction.periods-overlap': {
    severity: 'warning',
    section: '6.2, 6.3',
    meaning: 'A charging period was appended that begins before one that had been sent.',
    advice: 'A period ends where the next one begins: what is appended comes after what was sent.',
  },
  'transaction.periods-missing': {
    severity: 'warning',
    section: '6.3',
    meaning: 'The first charging period of the CDR begins after the charge began.',
    advice: 'The periods cover the whole charge, time without energy included; the first ones are missing.',
  },
  'transaction.periods-outside': {
    severity: 'warning',
    section: '6.3',
    meaning: 'A charging period of the CDR begins before the charge, or after its end.',
    advice: 'Look at the time zone of the charger: times are UTC, and periods lie within the charge.',
  },
  'transaction.confirmation-alone': {
    severity: 'warning',
    section: '6.10',
    meaning: 'A payment was confirmed for an authorization_reference that nothing else has.',
    advice: 'It has to be the one of the START_SESSION; without it no invoice can be made for the payment.',
  },
} as const satisfies Record<string, KnownFinding>;
