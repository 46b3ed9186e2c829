import type { KnownFinding } from './known-finding.ts';

/** Findings about how a charge went, and what was billed: they compare messages, or sums with their parts. */
export const CHARGING_FINDINGS = {
  'session.after-timeout': {
    severity: 'warning',
    section: '6.6',
    meaning: 'A session began although the command that asked for it had ended with TIMEOUT.',
    advice: 'The charger got the command after all. Whoever asked believes that nothing runs, and will be billed.',
  },
  'session.after-refusal': {
    severity: 'error',
    section: '6.5',
    meaning: 'A session began with a token that had just been refused in real time.',
    advice: 'Whatever is not ALLOWED must not charge; the costs of this session may be disputed.',
  },
  'session.after-missed-deadline': {
    severity: 'warning',
    section: '6.5',
    meaning: 'A session began although the real-time authorization had not been answered.',
    advice: 'Only tokens with the whitelist ALWAYS, ALLOWED or ALLOWED_OFFLINE may charge without an answer.',
  },
  'session.whitelist-ignored': {
    severity: 'warning',
    section: '6.5',
    meaning: 'A session says its token was accepted from the whitelist, which that token does not allow.',
    advice: 'With NEVER every charge has to be asked for; with ALWAYS and valid false none may begin.',
  },
  'session.kwh-falling': {
    severity: 'warning',
    section: '6.2',
    meaning: 'The energy of a session became less while it ran.',
    advice: 'kwh counts from the beginning of the session; look for a meter reset or messages out of order.',
  },
  'session.changed-after-end': {
    severity: 'warning',
    section: '6.2, T19',
    meaning: 'A session was changed after it had been completed.',
    advice: 'COMPLETED and INVALID are final. Often an older message that came late.',
  },
  'session.periods-repeated': {
    severity: 'warning',
    section: '6.2, T17',
    meaning: 'A PATCH holds charging periods that were sent before.',
    advice: 'From 2.2 on the periods of a PATCH are appended: send only those that are new, or PUT the whole session.',
  },
  'session.periods-replaced': {
    severity: 'warning',
    section: '6.2, T17',
    meaning: 'The charging periods of a PATCH replaced those of before instead of being appended.',
    advice: 'From 2.2 on they are appended; what is read back has lost the earlier periods.',
  },
  'push.late': {
    severity: 'warning',
    section: '1.11',
    meaning: 'Changes came in one go long after they had happened.',
    advice: 'The partner queues pushes that fail. OCPI does not: the receiver pulls after an interruption.',
  },
  'push.out-of-order': {
    severity: 'warning',
    section: '1.11, 1.7',
    meaning: 'A change came that is older than one that had come before.',
    advice: 'Compare last_updated and keep the newer one; the partner repeats pushes, or sends several at once.',
  },
  'push.again': {
    severity: 'note',
    section: '1.7, 1.11',
    meaning: 'The same change was sent twice.',
    advice: 'Harmless where it is taken by its id; often the answer to the first one came too late for the sender.',
  },
  'cdr.before-session-end': {
    severity: 'warning',
    section: '6.3',
    meaning: 'A CDR came before its session had been completed.',
    advice: 'A CDR is final. Send the end of the session first, and bill what it says.',
  },
  'cdr.session-billed-twice': {
    severity: 'error',
    section: '6.3, T38',
    meaning: 'Two CDRs that do not credit each other bill the same session.',
    advice: 'A correction needs a credit CDR for the first one before the second is sent.',
  },
  'cdr.energy-differs': {
    severity: 'warning',
    section: '6.3',
    meaning: 'total_energy is not the sum of the energy of the charging periods.',
    advice: 'One of them was rounded, or a period is missing or counted twice.',
  },
  'cdr.time-differs': {
    severity: 'warning',
    section: '6.3',
    meaning: 'The times of a CDR are not those of its charging periods.',
    advice: 'total_time includes parking; both are hours with decimals.',
  },
  'cdr.sum-differs': {
    severity: 'warning',
    section: '6.3, T38',
    meaning: 'total_cost is not the sum of the costs it consists of.',
    advice: 'Only min_price and max_price of the tariff, or a credit CDR, can make a difference.',
  },
  'cdr.cost-differs': {
    severity: 'warning',
    section: '6.4, T37',
    meaning: 'The cost is not what the tariff in the CDR gives for its volumes.',
    advice: 'Compare the tariff at the start of the session with the one that was billed; the last cent may differ.',
  },
  'cdr.step-size-differs': {
    severity: 'warning',
    section: '6.4, T37',
    meaning: 'The cost fits the tariff only if step_size is left out or applied in another way.',
    advice:
      'step_size rounds the total of the session up once, for energy and for time, with that of the last component.',
  },
  'cdr.vat-missing': {
    severity: 'note',
    section: '6.4, T21',
    meaning: 'The tariff tells a VAT, and the costs do not tell what they are with it.',
    advice: 'Ask for the amounts with taxes; what is absent is not equal.',
  },
  'charging-periods.order': {
    severity: 'warning',
    section: '6.3',
    meaning: 'Charging periods are not in the order of time, or two begin at the same moment.',
    advice: 'A period ends where the next one begins: periods that overlap bill the same time twice.',
  },
} as const satisfies Record<string, KnownFinding>;
