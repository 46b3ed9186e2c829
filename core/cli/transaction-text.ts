import type { CurvePoint, TransactionPoint, TransactionView } from '../contract/transaction.ts';
import { table } from './terminal.ts';

/**
 * One charge as text: a line an exchange, then what is wrong, what it ought to cost beside what is stated, the payment and the
 * curve in a few numbers.
 */
export function transactionText(transaction: TransactionView, priced?: string): string {
  const { points, problems, curve, payment } = transaction;
  return [
    head(transaction),
    table(points.map(point => pointLine(point, transaction.startedAt))),
    problems.length === 0
      ? 'Nothing is wrong with it.'
      : problems
          .map(
            ({ severity, sentence, exchangeId }) =>
              `${severity}: ${sentence}${exchangeId === null ? '' : ` (#${exchangeId})`}`,
          )
          .join('\n'),
    ...(priced === undefined ? [] : [priced]),
    ...(payment.length === 0
      ? []
      : [
          table(
            payment.map(({ at, what, amount, exchangeId }) => [
              'payment',
              at,
              what,
              amount === null ? '' : `${amount.amount} ${amount.currency ?? ''}`.trimEnd(),
              `#${exchangeId}`,
            ]),
          ),
        ]),
    ...curveLines(curve),
  ].join('\n\n');
}

function head(transaction: TransactionView): string {
  const { id, link, version, side, startedAt, state, open, kwh, cost } = transaction;
  const where = [transaction.location, transaction.evse, transaction.connector].filter(part => part !== null).join(' ');
  const facts = [
    ['session', transaction.session],
    ['CDR', transaction.cdr],
    ['reference', transaction.reference],
    ['token', transaction.token],
    ['at', where === '' ? null : where],
    ['energy', kwh === null ? null : `${kwh} kWh`],
    ['cost', cost === null ? null : `${cost.amount} ${cost.currency ?? ''}`.trimEnd()],
  ] as const;
  const whose = side === null ? '' : side === 'ours' ? ', at a charger of ours' : ', at a charger of theirs';
  return [
    `#${id}  ${startedAt}  ${link ?? 'no link'}${version === null ? '' : ` (OCPI ${version})`}${whose}`,
    `${state}${open ? ', more is due' : ''}`,
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`])),
  ].join('\n');
}

function pointLine(point: TransactionPoint, begin: string): string[] {
  const { at, direction, title, said, httpStatus, ocpiStatus, ended, why, exchangeId, findings, faults, ok } = point;
  const status = [httpStatus, ocpiStatus].filter(value => value !== null).join('/');
  const marks = [...findings.map(({ code }) => code), ...faults.map(fault => `fault ${fault}`)];
  return [
    offsetWords(Date.parse(at) - Date.parse(begin)),
    direction === 'in' ? 'us <- them' : 'us -> them',
    title,
    said,
    `${ok ? 'ok' : 'FAIL'} ${status === '' ? ended : status}`,
    `#${exchangeId}`,
    `${why}${marks.length === 0 ? '' : `  (${marks.join(' ')})`}`,
  ];
}

/** Milliseconds after the begin: `+00:12:05.250`. */
export function offsetWords(ms: number): string {
  const sign = ms < 0 ? '-' : '+';
  const part = (value: number, digits = 2) => String(Math.floor(value)).padStart(digits, '0');
  const left = Math.abs(ms);
  return `${sign}${part(left / 3_600_000)}:${part((left / 60_000) % 60)}:${part((left / 1000) % 60)}.${part(left % 1000, 3)}`;
}

const SOURCES: readonly (readonly [CurvePoint['source'], string])[] = [
  ['session', 'as the session was told'],
  ['session-period', 'by the periods of the session'],
  ['cdr-period', 'by the periods of the CDR'],
  ['meter', 'by the meter'],
];

/** Where each curve ends, and the most power there was. */
function curveLines(curve: readonly CurvePoint[]): string[] {
  const lines = SOURCES.flatMap(([source, words]) => {
    const points = curve.filter(point => point.source === source);
    const energy = points.findLast(({ kwh }) => kwh !== null)?.kwh ?? null;
    const powers = points.flatMap(({ kw }) => kw ?? []);
    if (points.length === 0) return [];
    return [
      `curve ${words}: ${points.length} points${energy === null ? '' : `, ${energy} kWh`}${powers.length === 0 ? '' : `, at most ${Math.max(...powers).toFixed(1)} kW`}`,
    ];
  });
  return lines.length === 0 ? [] : [lines.join('\n')];
}
