import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReplayRun } from '../../../../core/contract/replay.ts';
import { useClient } from '../../../bridge/client.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import styles from './run.module.css';

const FORMATS = [
  { format: 'text', ending: 'txt', type: 'text/plain' },
  { format: 'json', ending: 'json', type: 'application/json' },
  { format: 'junit', ending: 'xml', type: 'application/xml' },
] as const;

/** What came of it, as a file for people, programs or a build server. */
export function ExportMenu({ replay: { runId } }: { readonly replay: ReplayRun }) {
  const t = useTexts('replay');
  const client = useClient();
  const doing = useDoing();
  const save = async ({ format, ending, type }: (typeof FORMATS)[number]) => {
    const report = await doing.run(() => client.replays.report({ runId, format }));
    if (report !== undefined) saveFile({ name: `replay-${runId}.${ending}`, text: report.text, type });
  };
  return (
    <>
      {doing.failure !== undefined && (
        <div className={styles['told']}>
          <FailureNote failure={doing.failure} />
        </div>
      )}
      <Menu>
        <Menu.Target>
          <Button variant="default" loading={doing.busy} rightSection={<IconChevronDown size={13} aria-hidden />}>
            {t('report')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMATS.map(one => (
            <Menu.Item key={one.format} onClick={() => void save(one)}>
              {t(`report-${one.format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
