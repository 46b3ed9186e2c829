import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CountedFinding, Run } from '../../../../core/contract/run.ts';
import { FINDING_CODES } from '../../../../core/ocpi/finding-codes.ts';
import { RunCounts } from '../../../runs/run-row.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { putAway } from './noted-pulls.ts';
import styles from './pull.module.css';
import type { Pulled } from './pullable.ts';
import { usePulling } from './use-pulling.ts';

/** What a pull that has ended came to, and what can be done about it. */
export function PullOutcome({
  run,
  link,
  module,
}: {
  readonly run: Run;
  readonly link: string;
  readonly module?: Pulled;
}) {
  const t = useTexts('locations');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { begin, beginning, refused } = usePulling();
  const [open, setOpen] = useState(false);
  const tally = run.result?.pull;
  const findings = tally?.findings ?? [];
  const found = findings.reduce((sum, { count }) => sum + count, 0);
  const broken = run.steps.find(({ ok }) => !ok);
  const again = async () => {
    if (module !== undefined && (await begin([{ link, module, full: false }]))) putAway(run.id);
  };
  return (
    <div className={styles['outcome']}>
      {run.state === 'failed' && (
        <div className={styles['why']} role="alert">
          <strong>{broken?.reason ?? run.result?.summary ?? t('pull-failed')}</strong>
          <p>{adviceOf(broken?.findings ?? []) ?? t('pullAdvice')}</p>
        </div>
      )}
      <div className={styles['more']}>
        {found > 0 && (
          <Button variant="subtle" onClick={() => setOpen(!open)} aria-expanded={open}>
            {t('findings', { count: found, number: numbers.format(found) })}
          </Button>
        )}
        <Link to="/traffic" search={{ q: `run:${run.id}` }}>
          {t('exchangesOfPull')}
        </Link>
        {run.state !== 'done' && module !== undefined && (
          <Button variant="default" onClick={() => void again()} disabled={beginning}>
            {t('pullAgain')}
          </Button>
        )}
      </div>
      {refused.map(({ failure }) => (
        <FailureNote key={failure.message} failure={failure} />
      ))}
      {open && findings.length > 0 && (
        <ul className={styles['findings']}>
          {findings.map(finding => (
            <Finding key={`${finding.code} ${finding.pointer}`} finding={finding} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** What a pull brought, in numbers. */
export function PullCounts({ run }: { readonly run: Run | undefined }) {
  const t = useTexts('locations');
  const tally = run?.result?.pull;
  const counts = (['added', 'changed', 'unchanged', 'vanished'] as const).flatMap(what =>
    tally === undefined ? [] : [{ count: tally[what], word: t(`count-${what}`) }],
  );
  return <RunCounts counts={counts} />;
}

const TONES = { error: 'bad', warning: 'warn', note: 'plain' } as const;

function Finding({ finding }: { readonly finding: CountedFinding }) {
  const { code, severity, pointer, met, expected, count } = finding;
  const t = useTexts('locations');
  return (
    <li>
      <Chip tone={TONES[severity]}>{`${count} × ${code}`}</Chip>{' '}
      <span>{Object.hasOwn(FINDING_CODES, code) ? FINDING_CODES[code as keyof typeof FINDING_CODES].meaning : ''}</span>
      <div className={styles['example']}>
        {t('forExample')} <Mono wrap>{pointer}</Mono>: {t('metExpected', { met, expected })}
      </div>
    </li>
  );
}

/** Of the first error: what is only a warning did not end the pull. */
function adviceOf(findings: readonly { readonly code: string; readonly severity: string }[]): string | undefined {
  const known = findings.find(({ code, severity }) => severity === 'error' && Object.hasOwn(FINDING_CODES, code));
  return known && FINDING_CODES[known.code as keyof typeof FINDING_CODES].advice;
}
