import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { FaultRuleText } from '../../../../core/contract/fault.ts';
import type { ImportedLog } from '../../../../core/contract/session-log.ts';
import { useClient } from '../../../bridge/client.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import page from './log.module.css';
import { ruleTextOf } from './rule-text.ts';

type Rule = ImportedLog['rules'][number];

/** Faults that fired when it was recorded. Nothing of them is armed here. */
export function LogRules({ rules }: { readonly rules: readonly Rule[] }) {
  const t = useTexts('logs');
  const client = useClient();
  const go = useNavigate();
  const doing = useDoing();
  if (rules.length === 0) return <p className={page['none']}>{t('noRules')}</p>;
  const takeOver = async (rule: FaultRuleText) => {
    const here = stillHere();
    const added = await doing.run(() => client.faults.add(rule));
    if (added !== undefined && here()) await go({ to: '/faults', search: { rule: added.id } });
  };
  return (
    <>
      <p className={page['lead']}>{t('rulesText')}</p>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <ul className={page['rules']} aria-label={t('rulesTitle')}>
        {rules.map(rule => (
          <OneRule key={`${rule.kind} ${rule.name}`} rule={rule} busy={doing.busy} onTakeOver={takeOver} />
        ))}
      </ul>
    </>
  );
}

interface OneRuleProps {
  readonly rule: Rule;
  readonly busy: boolean;
  readonly onTakeOver: (rule: FaultRuleText) => Promise<void>;
}

function OneRule({ rule, busy, onTakeOver }: OneRuleProps) {
  const t = useTexts('logs');
  const ours = ruleTextOf(rule);
  return (
    <li>
      <div className={page['rule']}>
        <Chip tone="fault">{rule.kind}</Chip>
        <strong>{rule.name}</strong>
        {ours !== undefined && (
          <Button
            variant="default"
            disabled={busy}
            leftSection={<IconFlask size={13} aria-hidden />}
            title={t('takeOverHint')}
            onClick={() => void onTakeOver(ours)}
          >
            {t('takeOver')}
          </Button>
        )}
      </div>
      <details>
        <summary>{t('ruleDetails')}</summary>
        <pre className={page['details']}>{JSON.stringify(rule.details, null, 2)}</pre>
      </details>
    </li>
  );
}
