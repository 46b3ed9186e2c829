import { useEffect, useRef } from 'react';
import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { FindingView } from '../../core/contract/run.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import styles from './exchange.module.css';
import { SEVERITY_TONES } from './findings-chip.tsx';
import { headerFindings } from './message-findings.ts';
import { SealedText } from './sealed-text.tsx';

export interface HeaderTableProps {
  readonly headers: ExchangeView['request']['headers'];
  readonly findings: readonly FindingView[];
  /** `header:name`: its line is brought into view, whenever another one is given. */
  readonly reveal?: { readonly pointer: string } | undefined;
}

/** In the order they came in, findings below their line; those about lines that are missing at the end. */
export function HeaderTable({ headers, findings, reveal }: HeaderTableProps) {
  const t = useTexts('traffic');
  const byName = headerFindings(findings);
  const there = new Set(headers.map(([name]) => name.toLowerCase()));
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    const name = /^header:(.+)$/.exec(reveal?.pointer ?? '')?.[1]?.toLowerCase();
    const row = [...(table.current?.rows ?? [])].find(({ dataset }) => dataset['name'] === name);
    row?.scrollIntoView({ block: 'center' });
    row?.focus();
  }, [reveal]);
  const missing = [...byName].filter(([name]) => !there.has(name));
  return (
    <table className={styles['headers']} ref={table}>
      <tbody>
        {headers.map(([name, value], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may stand there twice, and order is all.
          <tr key={at} data-name={name.toLowerCase()} tabIndex={-1}>
            <th scope="row">{name}</th>
            <td>
              <SealedText text={value} />
              {(byName.get(name.toLowerCase()) ?? []).map(finding => (
                <Said key={finding.code} finding={finding} />
              ))}
            </td>
          </tr>
        ))}
        {missing.map(([name, found]) => (
          <tr key={name} data-name={name} tabIndex={-1}>
            <th scope="row">{name}</th>
            <td>
              <span className={styles['absent']}>{t('headerMissing')}</span>
              {found.map(finding => (
                <Said key={finding.code} finding={finding} />
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Said({ finding }: { readonly finding: FindingView }) {
  const t = useTexts('traffic');
  return (
    <span className={styles['headerFinding']}>
      <Chip tone={SEVERITY_TONES[finding.severity]}>{t(`severity-${finding.severity}`)}</Chip>{' '}
      {t('findingSaid', { code: finding.code, met: finding.met, expected: finding.expected })}
    </span>
  );
}
