import { Button, Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OwnWritten } from '../../../../core/contract/own.ts';
import type { Doing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from './bring.module.css';
import { Written } from './written.tsx';

export interface BringFormProps {
  /** What this way does. */
  readonly hint: string;
  readonly action: string;
  readonly disabled: boolean;
  readonly doing: Doing;
  readonly written: OwnWritten | undefined;
  /** Whether objects with findings are stored all the same; offered once some were refused. Absent: none can have any. */
  readonly unchecked?: boolean;
  readonly onUnchecked?: (unchecked: boolean) => void;
  readonly onBring: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** One way to fill our data: what it asks, what came of it, and again. */
export function BringForm(props: BringFormProps) {
  const { hint, action, disabled, doing, written, unchecked, onUnchecked, onBring, onClose, children } = props;
  const t = useTexts('own');
  const common = useTexts('common');
  return (
    <form
      className={styles['form']}
      onSubmit={event => {
        event.preventDefault();
        void onBring();
      }}
    >
      <p className={styles['hint']}>{hint}</p>
      {children}
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      {written !== undefined && <Written written={written} />}
      {unchecked !== undefined && (written?.ok === false || unchecked) && (
        <Checkbox
          label={t('unchecked')}
          checked={unchecked}
          onChange={event => onUnchecked?.(event.currentTarget.checked)}
        />
      )}
      <div className={styles['foot']}>
        <Button variant="default" onClick={onClose}>
          {common('close')}
        </Button>
        <Button type="submit" disabled={disabled} loading={doing.busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
