import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useId, useState } from 'react';
import { chooseLanguage, type LanguageChoice, languageChoice } from '../../texts/language.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './settings.module.css';
import { SystemNoticesRow } from './system-notices-row.tsx';

/** Kept on this computer, not in the database. */
export function WindowPanel() {
  const t = useTexts('settings');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [language, setLanguage] = useState(languageChoice);
  const id = useId();
  return (
    <Panel title={t('window')}>
      <dl className={styles['facts']}>
        <dt id={`${id}-language`}>{t('language')}</dt>
        <dd>
          <SegmentedControl<LanguageChoice>
            aria-labelledby={`${id}-language`}
            value={language}
            data={[
              { value: 'system', label: t('system') },
              { value: 'en', label: t('english') },
              { value: 'sv', label: t('swedish') },
            ]}
            onChange={choice => {
              setLanguage(choice);
              chooseLanguage(choice);
            }}
          />
        </dd>
        <dt id={`${id}-theme`}>{t('theme')}</dt>
        <dd>
          <SegmentedControl<'auto' | 'light' | 'dark'>
            aria-labelledby={`${id}-theme`}
            value={colorScheme}
            data={[
              { value: 'auto', label: t('system') },
              { value: 'light', label: t('light') },
              { value: 'dark', label: t('dark') },
            ]}
            onChange={setColorScheme}
          />
        </dd>
        <SystemNoticesRow />
      </dl>
    </Panel>
  );
}
