import { SegmentedControl } from '@mantine/core';
import { OcpiEditor } from '../../../ocpi-help/ocpi-editor.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import shared from '../form.module.css';
import { PROFILE_ASKS } from '../search.ts';
import styles from './asked.module.css';
import { AskedTextField } from './asked-field.tsx';
import type { FieldPart } from './field-part.ts';
import { WaitFields } from './wait-fields.tsx';

const TYPES = { profile: 'ChargingProfile', preferences: 'ChargingPreferences' } as const;

/** What a session may draw, or how its driver wants to charge. */
export function ProfileFields(part: FieldPart) {
  const t = useTexts('send');
  const { draft, change, choices, wrong } = part;
  const { version } = part.link;
  const written = draft.ask === 'set' ? 'profile' : draft.ask === 'preferences' ? 'preferences' : undefined;
  return (
    <>
      <SegmentedControl
        aria-label={t('field-ask')}
        value={draft.ask}
        onChange={value => change({ ask: PROFILE_ASKS.find(ask => ask === value) ?? 'set' })}
        data={PROFILE_ASKS.map(ask => ({ value: ask, label: t(`ask-${ask}`) }))}
      />
      <div className={styles['fields']}>
        <AskedTextField
          {...part}
          field="session"
          whole
          label={t('field-session')}
          required
          suggestions={choices.sessions}
        />
        {draft.ask === 'get' && (
          <AskedTextField {...part} field="duration" label={t('field-duration')} description={t('durationHint')} />
        )}
        <WaitFields {...part} waits={draft.ask !== 'preferences'} />
      </div>
      {written !== undefined && version !== undefined && (
        <div>
          <h3 className={styles['caption']}>{t(`field-${written}`)}</h3>
          <div className={shared['editor']}>
            <OcpiEditor
              key={written}
              version={version}
              type={TYPES[written]}
              value={draft[written]}
              onChange={text => change({ [written]: text })}
              height={320}
              label={t(`field-${written}`)}
            />
          </div>
          {wrong.includes(written) && <p className={styles['wrong']}>{t('fieldNeeded')}</p>}
        </div>
      )}
    </>
  );
}
