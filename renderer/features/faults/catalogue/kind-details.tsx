import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { FaultKindView, FaultRule } from '../../../../core/contract/fault.ts';
import { keys } from '../../../bridge/keys.ts';
import { laidOut } from '../../../exchange/laid-out.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { WireSteps } from '../../../exchange/wire-steps.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { TextDiff } from '../../../ui/diff/text-diff.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { CaseList } from '../case-list.tsx';
import { fieldsOf, heldOf } from '../editor/parameter-fields.ts';
import type { FaultDesk } from '../fault-desk.ts';
import styles from './catalogue.module.css';

export interface KindDetailsProps {
  readonly desk: FaultDesk;
  readonly kind: FaultKindView;
  /** Rules of this kind that there are. */
  readonly used: readonly FaultRule[];
  readonly onUse: () => void;
  readonly onRule: (id: number) => void;
}

/** Operations named in full; the rest is a number. */
const MOST_NAMED = 8;

/** What a kind does, to which messages, which real failures it imitates, and what goes over the wire then. */
export function KindDetails({ desk, kind, used, onUse, onRule }: KindDetailsProps) {
  const t = useTexts('faults');
  const words = operationWords(useTexts('traffic'));
  const { operations } = kind;
  const fields = fieldsOf(kind.parameters);
  const sample = useQuery({
    queryKey: [...keys.faultKinds, 'sample', desk.whose, kind.kind],
    queryFn: ({ signal }) => desk.calls.preview({ rule: { kind: kind.kind, reachesRegistration: true } }, { signal }),
  }).data;
  return (
    <div className={styles['details']}>
      <header className={styles['head']}>
        <div className={styles['titleLine']}>
          <h2 className={styles['title']} lang="en">
            {kind.title}
          </h2>
          <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={onUse}>
            {t('makeRule')}
          </Button>
        </div>
        <p className={styles['explain']} lang="en">
          {kind.explain}
        </p>
        <p className={styles['facts']}>
          <Mono>{kind.kind}</Mono>
          <Chip tone="fault">{t(`family-${kind.family}`)}</Chip>
          {kind.directions.map(direction => (
            <Chip key={direction} tone="plain">
              {t(`says-${direction}`)}
            </Chip>
          ))}
        </p>
        <p className={styles['facts']}>
          {operations === null
            ? t('anyOperation')
            : t('onlyOperations', { operations: operations.slice(0, MOST_NAMED).map(words).join('; ') })}
          {operations !== null && operations.length > MOST_NAMED && ` +${operations.length - MOST_NAMED}`}
        </p>
      </header>
      <Panel title={t('example')}>
        {sample !== undefined && (
          <div className={styles['sample']}>
            {sample.firings.map(({ did }) => (
              <p key={did} lang="en">
                {did}
              </p>
            ))}
            {sample.wire.length > 0 && <WireSteps steps={sample.wire} label={t('onTheWire')} />}
          </div>
        )}
        <TextDiff
          left={laidOut(kind.example.before)}
          right={laidOut(kind.example.after)}
          labels={[t('without'), t('with')]}
          same={t('sameBytes')}
        />
      </Panel>
      {kind.cases.length > 0 && (
        <Panel title={t('imitates')}>
          <CaseList cases={kind.cases} />
        </Panel>
      )}
      {fields.length > 0 && (
        <Panel title={t('parameters')}>
          <dl className={styles['parameters']}>
            {fields.map(field => (
              <div key={field.name}>
                <dt>
                  <Mono>{field.name}</Mono>
                  <span className={styles['usual']}>{String(heldOf(field, undefined))}</span>
                </dt>
                <dd lang="en">{field.description}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      )}
      {used.length > 0 && (
        <Panel title={t('usedBy')}>
          <ul className={styles['used']}>
            {used.map(({ id, name, armed }) => (
              <li key={id}>
                <button type="button" className={styles['link']} onClick={() => onRule(id)}>
                  {name}
                </button>
                <Chip tone={armed ? 'fault' : 'plain'}>{t(armed ? 'armed' : 'disarmed')}</Chip>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}
