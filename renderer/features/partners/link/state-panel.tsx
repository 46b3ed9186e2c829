import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { isStanding } from '../../../links/standing.ts';
import { StateChip } from '../../../links/state-chip.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Panel } from '../../../ui/panel.tsx';
import type { LinkPart } from './link-page.tsx';
import styles from './state-panel.module.css';
import { useLinkActions } from './use-link-actions.ts';

/** Suspended or not, read-only or not, and the end of it. */
export function StatePanel({ link, doing }: LinkPart) {
  const t = useTexts('partners');
  const actions = useLinkActions(link);
  const { state, readOnly, importedLog } = link;
  const standing = isStanding(link);
  const act = (work: () => Promise<unknown>) => void doing.run(work);
  if (importedLog !== null) {
    return (
      <Panel title={t('settings-state')}>
        <div className={styles['item']}>
          <StateChip state={state} />
          <p>{t('settings-imported')}</p>
          <Button
            variant="default"
            renderRoot={props => <Link to="/logs/$log" params={{ log: String(importedLog) }} {...props} />}
          >
            {t('action-log')}
          </Button>
        </div>
      </Panel>
    );
  }
  return (
    <Panel title={t('settings-state')}>
      <div className={styles['item']}>
        <StateChip state={state} />
        {standing && <p>{t('settings-active')}</p>}
        {state === 'suspended' && <p>{t('settings-suspended')}</p>}
        {standing && (
          <Button variant="default" onClick={() => act(() => actions.suspend(true))}>
            {t('action-suspend')}
          </Button>
        )}
        {state === 'suspended' && (
          <Button variant="default" onClick={() => act(() => actions.suspend(false))}>
            {t('action-resume')}
          </Button>
        )}
      </div>
      <div className={styles['item']}>
        <h3>{t('settings-lockTitle')}</h3>
        <p>{t(readOnly ? 'settings-locked' : 'settings-unlocked')}</p>
        <Button variant="default" onClick={() => act(() => actions.set({ readOnly: !readOnly }))}>
          {t(readOnly ? 'action-unlock' : 'action-lock')}
        </Button>
      </div>
      <div className={styles['item']}>
        <h3>{t('settings-removeTitle')}</h3>
        <p>{t('settings-removeText')}</p>
        <Button variant="default" className={styles['danger'] ?? ''} onClick={() => act(() => actions.remove())}>
          {t('action-remove')}
        </Button>
      </div>
    </Panel>
  );
}
