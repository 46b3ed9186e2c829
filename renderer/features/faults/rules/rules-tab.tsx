import { Button } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import type { PartProps } from '../faults-page.tsx';
import { HitStrip } from '../hits/hit-strip.tsx';
import { FileDialog, type FileWay } from './file-dialog.tsx';
import { RuleTable } from './rule-table.tsx';
import { RuleTools } from './rule-tools.tsx';
import styles from './rules.module.css';
import { useRuleChanges } from './use-rule-changes.ts';

/** The rules in the order in which they are tried, and where they fired last. */
export function RulesTab(props: PartProps) {
  const { desk, rules, kinds, to } = props;
  const t = useTexts('faults');
  const [selected, setSelected] = useState<readonly number[]>([]);
  const [file, setFile] = useState<FileWay>();
  const { changes, doing } = useRuleChanges(desk, rules);
  const chosen = rules.filter(({ id }) => selected.includes(id));
  const remove = async () => {
    if (await changes.remove(chosen)) setSelected([]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || event.target.getAttribute('role') !== 'grid') return;
    if (event.key === 'Delete' && chosen.length > 0) void remove();
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      void changes.move(chosen, event.key === 'ArrowUp' ? 'up' : 'down');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const dialog = <FileDialog way={file} desk={desk} rules={rules} onClose={() => setFile(undefined)} />;
  if (rules.length === 0) {
    return (
      <>
        <EmptyState
          title={t('emptyTitle')}
          text={t(desk.whose === 'own' ? 'emptyText' : 'emptyTextPartner')}
          actions={
            <>
              <Button onClick={() => to({ tab: 'catalogue' })}>{t('toCatalogue')}</Button>
              <Button variant="default" onClick={() => to({ tab: 'packs' })}>
                {t('toPacks')}
              </Button>
              <Button variant="default" onClick={() => setFile('import')}>
                {t('import')}
              </Button>
            </>
          }
        />
        {dialog}
      </>
    );
  }
  return (
    <div className={styles['tab']}>
      <RuleTools
        chosen={chosen}
        busy={doing.busy}
        changes={changes}
        onNew={() => to({ tab: 'catalogue' })}
        onOpen={rule => to({ rule: rule.id })}
        onDuplicate={rule => to({ copy: rule.id })}
        onRemove={() => void remove()}
        onFile={setFile}
      />
      {doing.failure !== undefined && (
        <div className={styles['failure']}>
          <FailureNote failure={doing.failure} />
        </div>
      )}
      <div className={styles['table']} onKeyDownCapture={onKeyDown}>
        <RuleTable
          rules={rules}
          kinds={kinds}
          selected={selected}
          onSelected={setSelected}
          onOpen={rule => to({ rule: rule.id })}
          onArm={(rule, armed) => void changes.arm([rule], armed)}
        />
      </div>
      <HitStrip desk={desk} />
      {dialog}
    </div>
  );
}
